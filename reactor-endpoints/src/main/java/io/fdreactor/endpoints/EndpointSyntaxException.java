// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.ReactorException;

/**
 * A string is no endpoint. The message has three lines: the string, carets under what is wrong with it, and what was
 * expected there. Twisted: {@code ValueError}.
 */
public final class EndpointSyntaxException extends ReactorException {
    private static final long serialVersionUID = 1;

    private static final String INDENT = "    ";

    private final String endpoint;
    private final int start;
    private final int end;

    /**
     * @param endpoint the whole string
     * @param start where what is wrong with it begins: an index; its length for what is missing at its end
     * @param end the index behind it
     * @param problem what is wrong and what was expected
     */
    public EndpointSyntaxException(String endpoint, int start, int end, String problem) {
        super("FDR-ENDPOINT-SYNTAX", "this isn't an endpoint:\n" + pointed(endpoint, start, end) + "\n" + problem);
        this.endpoint = endpoint;
        this.start = start;
        this.end = end;
    }

    /** What isn't printable would move the carets, or more than them. */
    private static String pointed(String endpoint, int start, int end) {
        StringBuilder shown = new StringBuilder(INDENT);
        endpoint.codePoints().forEach(c -> {
            boolean printable = !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
            shown.appendCodePoint(printable && Character.isDefined(c) ? c : '?');
        });
        int before = endpoint.codePointCount(0, start);
        int width = Math.max(1, endpoint.codePointCount(start, end));
        return shown.append('\n')
                .append(INDENT)
                .append(" ".repeat(before))
                .append("^".repeat(width))
                .toString();
    }

    /** The whole string. */
    public String endpoint() {
        return endpoint;
    }

    /** The index in it where what is wrong begins; its length for what is missing. */
    public int start() {
        return start;
    }

    /** The index behind what is wrong. */
    public int end() {
        return end;
    }
}
