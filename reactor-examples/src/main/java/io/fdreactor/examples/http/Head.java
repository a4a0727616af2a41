// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import java.util.Locale;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What the header fields of a message say about where it ends and what comes after it; the others are only looked at for
 * their form. Strict where leniency would let two programs see two messages in the same bytes.
 */
final class Head {
    /** As {@link #bodyBytes}: as many chunks as come. */
    static final long CHUNKED = -1;

    /** As {@link #bodyBytes}: it doesn't say. */
    static final long UNTOLD = -2;

    private static final int MAX_LENGTH_DIGITS = 18;
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private final boolean modern;

    private long contentLength = UNTOLD;
    private boolean chunked;
    private boolean close;
    private boolean keepAlive;
    private @Nullable String host;
    private boolean expectsContinue;

    /** @param modern whether it is HTTP/1.1, not 1.0 */
    Head(boolean modern) {
        this.modern = modern;
    }

    /** Takes one line of the header. */
    void add(String line) throws HttpError {
        int colon = line.indexOf(':');
        // Also refuses what begins with a blank, which was once the way to go on with the line before.
        String name = line.substring(0, Math.max(colon, 0));
        if (!isToken(name) || !isText(line, colon + 1)) {
            throw new HttpError(400, "malformed header field");
        }
        String value = line.substring(colon + 1).strip();
        switch (name.toLowerCase(Locale.ROOT)) {
            case "content-length" -> contentLength = lengthOf(value);
            case "transfer-encoding" -> chunked = isChunked(value);
            case "connection" -> connection(value.toLowerCase(Locale.ROOT));
            case "host" -> host = onlyHost(value);
            case "expect" -> expectsContinue = isContinue(value);
            default -> {}
        }
    }

    private long lengthOf(String value) throws HttpError {
        if (!isNumber(value, 10, MAX_LENGTH_DIGITS)) {
            throw new HttpError(400, "malformed Content-Length");
        }
        long length = Long.parseLong(value);
        if (contentLength != UNTOLD && contentLength != length) {
            throw new HttpError(400, "two Content-Lengths");
        }
        return length;
    }

    private boolean isChunked(String value) throws HttpError {
        if (chunked || !modern) {
            throw new HttpError(400, "misplaced Transfer-Encoding");
        }
        if (!value.equalsIgnoreCase("chunked")) {
            throw new HttpError(501, "unknown Transfer-Encoding");
        }
        return true;
    }

    private void connection(String options) {
        for (String option : options.split(",")) {
            close |= option.strip().equals("close");
            keepAlive |= option.strip().equals("keep-alive");
        }
    }

    private String onlyHost(String value) throws HttpError {
        if (host != null) {
            throw new HttpError(400, "two Hosts");
        }
        return value;
    }

    private static boolean isContinue(String value) throws HttpError {
        if (!value.equalsIgnoreCase("100-continue")) {
            throw new HttpError(417, "unknown expectation");
        }
        return true;
    }

    /** How long the body is, {@link #CHUNKED} or {@link #UNTOLD}. */
    long bodyBytes() throws HttpError {
        if (chunked && contentLength != UNTOLD) {
            throw new HttpError(400, "both Content-Length and Transfer-Encoding");
        }
        return chunked ? CHUNKED : contentLength;
    }

    /** Whether another message may follow on this connection. */
    boolean keepsAlive() {
        return !close && (modern || keepAlive);
    }

    boolean hasHost() {
        return host != null;
    }

    /** Whether the client sends the body only after 100 (Continue), or after a while. */
    boolean expectsContinue() {
        return expectsContinue && modern;
    }

    static boolean isToken(String text) {
        return !text.isEmpty()
                && all(
                        text,
                        0,
                        c -> c >= 'a' && c <= 'z'
                                || c >= 'A' && c <= 'Z'
                                || c >= '0' && c <= '9'
                                || TOKEN_MARKS.indexOf(c) >= 0);
    }

    /** Whether it has no control characters, a bare CR or LF among them, from here on. */
    static boolean isText(String text, int from) {
        return all(text, from, c -> c >= ' ' && c != 127 || c == '\t');
    }

    static boolean isNumber(String text, int radix, int maxDigits) {
        return !text.isEmpty()
                && text.length() <= maxDigits
                && all(text, 0, c -> c < 128 && Character.digit(c, radix) >= 0);
    }

    private static boolean all(String text, int from, IntPredicate test) {
        for (int i = from; i < text.length(); i++) {
            if (!test.test(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
