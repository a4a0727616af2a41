// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.command;

/**
 * Text from outside, as a message may quote it: without what would begin another line, or what a terminal would obey.
 * Each such character becomes a backslash, a u and its code.
 */
public final class Printable {
    private Printable() {}

    /** The text on one line. */
    public static String text(String quoted) {
        return escaped(quoted, false);
    }

    /** The text with its lines. */
    public static String lines(String quoted) {
        return escaped(quoted, true);
    }

    private static String escaped(String quoted, boolean keepsLines) {
        StringBuilder text = new StringBuilder(quoted.length());
        quoted.codePoints().forEach(c -> {
            if (c == '\n' && keepsLines || isPrintable(c)) {
                text.appendCodePoint(c);
            } else {
                text.append(String.format("\\u%04x", c));
            }
        });
        return text.toString();
    }

    /** Neither a control character nor one that turns the direction of the text after it, or breaks the line. */
    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
