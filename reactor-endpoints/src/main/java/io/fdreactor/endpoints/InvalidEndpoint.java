// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.ReactorException;
import java.util.stream.Collectors;

/**
 * A string is not an endpoint. The message has three lines: the string, carets under the wrong part, and what was
 * expected there. Twisted: {@code ValueError}.
 */
public final class InvalidEndpoint extends ReactorException {
    private static final long serialVersionUID = 1;

    private static final String INDENT = "    ";

    /** The whole message; its line breaks are intended, so it is not escaped. */
    private final String message;

    /** The whole string. */
    private final String endpoint;
    /** The index at which the wrong part begins. */
    private final int start;
    /** The index behind the wrong part. */
    private final int end;

    /**
     * Creates the exception.
     *
     * @param endpoint the whole string
     * @param start the index at which the wrong part begins; the string's length if something is missing at its end
     * @param end the index behind the wrong part
     * @param problem what is wrong and what was expected; characters that aren't printable are shown as question marks
     */
    public InvalidEndpoint(String endpoint, int start, int end, String problem) {
        super("FDR-ENDPOINT-SYNTAX", problem);
        this.message = "this isn't an endpoint:\n" + pointed(endpoint, start, end) + "\n" + printableLines(problem)
                + " [FDR-ENDPOINT-SYNTAX]";
        this.endpoint = endpoint;
        this.start = start;
        this.end = end;
    }

    /** A problem keeps its line breaks, and may quote input. */
    private static String printableLines(String problem) {
        return problem.lines().map(Printable::of).collect(Collectors.joining("\n"));
    }

    /** Unprintable characters would move the carets, or change the terminal. */
    private static String pointed(String endpoint, int start, int end) {
        StringBuilder shown = new StringBuilder(INDENT).append(Printable.of(endpoint));
        int before = endpoint.codePointCount(0, start);
        int width = Math.max(1, endpoint.codePointCount(start, end));
        return shown.append('\n')
                .append(INDENT)
                .append(" ".repeat(before))
                .append("^".repeat(width))
                .toString();
    }

    @Override
    public String getMessage() {
        return message;
    }

    /** {@return the whole string} */
    public String endpoint() {
        return endpoint;
    }

    /** {@return the index at which the wrong part begins; the string's length if something is missing at its end} */
    public int start() {
        return start;
    }

    /** {@return the index behind the wrong part} */
    public int end() {
        return end;
    }
}
