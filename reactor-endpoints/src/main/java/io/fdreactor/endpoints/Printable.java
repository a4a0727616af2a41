// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

/** Input, as it may stand in a message: it can neither begin another line of a log nor steer a terminal. */
final class Printable {
    private Printable() {}

    /** With a question mark for each control, format, separator or unassigned character: as many code points as before. */
    static String of(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> shown.appendCodePoint(isPrintable(c) ? c : '?'));
        return shown.toString();
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** What a stranger's code has thrown, though it may fail to say so. */
    static String of(Throwable thrown) {
        try {
            return of(String.valueOf(thrown));
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            return thrown.getClass().getName();
        }
    }
}
