// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

/** Makes input safe for a message: it can neither begin another line of a log nor control a terminal. */
final class Printable {
    private Printable() {}

    /**
     * Replaces each control, format, separator or unassigned character by a question mark; the number of code points
     * stays the same.
     */
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

    /** The message of an exception that foreign code threw, even if the exception's own methods throw. */
    static String of(Throwable thrown) {
        try {
            return of(String.valueOf(thrown));
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            return thrown.getClass().getName();
        }
    }
}
