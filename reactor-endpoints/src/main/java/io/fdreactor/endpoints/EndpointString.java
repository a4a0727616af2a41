// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint string, split at its colons: the first part is the prefix, each other part a value or {@code key=value}.
 * A backslash escapes the next character. A value in brackets may contain colons.
 */
final class EndpointString {
    /**
     * A part. Places are indexes in the string; escapes and brackets belong to the part and not to its value.
     *
     * @param key null for a value alone
     */
    record Part(@Nullable String key, int start, int valueStart, String value, int end) {}

    private final String text;
    private final List<Part> parts = new ArrayList<>();
    private int at;

    private EndpointString(String text) {
        this.text = text;
    }

    /** At least one part. */
    static List<Part> parse(String text) {
        EndpointString string = new EndpointString(text);
        string.parts.add(string.part());
        while (string.at < text.length()) {
            string.at++; // A colon.
            string.parts.add(string.part());
        }
        return string.parts;
    }

    /** From here to a colon or the end. */
    private Part part() {
        int start = at;
        int valueStart = at;
        String key = null;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != ':') {
            char next = text.charAt(at);
            if (next == '=' && key == null) {
                key = value.toString();
                value.setLength(0);
                valueStart = ++at;
            } else if (next == '[' && at == valueStart) {
                bracketed(value);
            } else {
                value.append(character());
            }
        }
        return new Part(key, start, valueStart, value.toString(), at);
    }

    private void bracketed(StringBuilder value) {
        int open = at++;
        while (at < text.length() && text.charAt(at) != ']') {
            value.append(character());
        }
        if (at == text.length()) {
            throw new InvalidEndpoint(
                    text, open, at, "a [ that begins a value needs a ] at its end; write \\[ for the character itself");
        }
        at++;
        if (at < text.length() && text.charAt(at) != ':') {
            throw new InvalidEndpoint(text, at, at + 1, "behind a ] that ends a value there is a : or nothing");
        }
    }

    /** One character of a value, which a backslash may stand before. */
    private char character() {
        if (text.charAt(at) == '\\' && ++at == text.length()) {
            throw new InvalidEndpoint(
                    text,
                    at - 1,
                    at,
                    "a backslash takes the next character for itself, and there is none; write \\\\ for one");
        }
        return text.charAt(at++);
    }

    /** Escapes the text, so that it is one value, or a part of one, whatever it contains. */
    static String quote(String argument) {
        StringBuilder quoted = new StringBuilder();
        for (char next : argument.toCharArray()) {
            if ("\\:=[".indexOf(next) >= 0) {
                quoted.append('\\');
            }
            quoted.append(next);
        }
        return quoted.toString();
    }
}
