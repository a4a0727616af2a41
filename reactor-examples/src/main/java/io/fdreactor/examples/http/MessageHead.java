// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What the header fields of a message say about where it ends and what comes after it; the others are only looked at for
 * their form. Strict where leniency would let two programs see two messages in the same bytes.
 */
final class MessageHead {
    /** As {@link #bodyBytes}: as many chunks as come. */
    static final long CHUNKED = -1;

    /** As {@link #bodyBytes}: the head doesn't say. */
    static final long UNKNOWN = -2;

    private static final int MAX_LENGTH_DIGITS = 18;
    private static final Set<String> NOT_IN_TRAILERS = Set.of(
            "authorization",
            "connection",
            "content-encoding",
            "content-length",
            "content-range",
            "content-type",
            "cookie",
            "expect",
            "host",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private final boolean http11;

    private long contentLength = UNKNOWN;
    private boolean chunked;
    private boolean close;
    private boolean keepAlive;
    private @Nullable String host;
    private boolean expectsContinue;

    /** @param http11 whether it is HTTP/1.1, not 1.0 */
    MessageHead(boolean http11) {
        this.http11 = http11;
    }

    /** Takes one line of the header. */
    void add(String line) throws HttpError {
        String name = nameOf(line);
        String value = line.substring(name.length() + 1).strip();
        switch (name) {
            case "content-length" -> contentLength = lengthOf(value);
            case "transfer-encoding" -> chunked = isChunked(value);
            case "connection" -> connection(value.toLowerCase(Locale.ROOT));
            case "host" -> host = onlyHost(value);
            case "expect" -> expectsContinue = isContinue(value);
            default -> {}
        }
    }

    /**
     * Takes one line behind the last chunk. Nothing there is used; but what would have changed the meaning of the head
     * can't stand here, since another program may merge it into the head (RFC 9110, section 6.5.1).
     */
    static void checkTrailer(String line) throws HttpError {
        if (NOT_IN_TRAILERS.contains(nameOf(line))) {
            throw new HttpError(400, "misplaced trailer field");
        }
    }

    /** A field's name in lower case, of a line that is well-formed. */
    private static String nameOf(String line) throws HttpError {
        int colon = line.indexOf(':');
        // Also refuses what begins with a blank, which was once the way to continue the line before.
        String name = line.substring(0, Math.max(colon, 0));
        if (!isToken(name) || !isText(line, colon + 1)) {
            throw new HttpError(400, "malformed header field");
        }
        return name.toLowerCase(Locale.ROOT);
    }

    private long lengthOf(String value) throws HttpError {
        if (!isNumber(value, 10, MAX_LENGTH_DIGITS)) {
            throw new HttpError(400, "malformed Content-Length");
        }
        long length = Long.parseLong(value);
        if (contentLength != UNKNOWN && contentLength != length) {
            throw new HttpError(400, "two Content-Lengths");
        }
        return length;
    }

    private boolean isChunked(String value) throws HttpError {
        if (chunked || !http11) {
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
        if (!RequestTarget.isHost(value)) {
            throw new HttpError(400, "malformed Host");
        }
        return value;
    }

    private boolean isContinue(String value) throws HttpError {
        // HTTP/1.0 has no expectations.
        if (http11 && !value.equalsIgnoreCase("100-continue")) {
            throw new HttpError(417, "unknown expectation");
        }
        return true;
    }

    /** How long the body is, {@link #CHUNKED} or {@link #UNKNOWN}. */
    long bodyBytes() throws HttpError {
        if (chunked && contentLength != UNKNOWN) {
            throw new HttpError(400, "both Content-Length and Transfer-Encoding");
        }
        return chunked ? CHUNKED : contentLength;
    }

    /** Whether another message may follow on this connection. */
    boolean keepsAlive() {
        return !close && (http11 || keepAlive);
    }

    boolean hasHost() {
        return host != null;
    }

    /** Whether the client sends the body only after 100 (Continue), or after a while. */
    boolean expectsContinue() {
        return expectsContinue && http11;
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
