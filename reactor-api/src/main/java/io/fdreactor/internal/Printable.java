// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.internal;

import java.util.stream.Collectors;

/**
 * Makes text safe for a message. Input (a name, a property, a path, a provider's text) may contain control characters:
 * a line break that forges a line of a log, or an escape code that a terminal interprets.
 */
public final class Printable {
    private Printable() {}

    /**
     * Escapes each character that is not printable, as {@code \n} or by its hexadecimal code.
     *
     * @param text the text, not null
     * @return the escaped text; the same object if there is nothing to escape
     */
    public static String text(String text) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = isPlain(c);
            if (!plain && escaped == null) {
                escaped = new StringBuilder(text.length() + 16).append(text, 0, i);
            }
            if (escaped != null) {
                escaped.append(plain ? String.valueOf(c) : escape(c));
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    /**
     * Does what {@link #text} does, but keeps line breaks, for text of several lines.
     *
     * @param text the text, not null
     * @return the escaped text
     */
    public static String lines(String text) {
        return text.lines().map(Printable::text).collect(Collectors.joining("\n"));
    }

    private static boolean isPlain(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static String escape(char c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> "\\u" + Integer.toHexString(0x10000 | c).substring(1);
        };
    }
}
