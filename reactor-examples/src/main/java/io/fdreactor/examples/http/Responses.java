// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import io.fdreactor.net.Transport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes responses, for all connections of one reactor: it belongs to its thread. The date is made once a second. */
final class Responses {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    /** The longest is a redirect's, which holds a path that came in a line of 8 KiB and may be encoded anew, and a query. */
    private static final int HEAD_BYTES = 32 * 1024;

    private final ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
    private long dateSeconds = -1;
    private String date = "";

    /** @param fields each with its line's end */
    void head(Transport to, int status, String fields) {
        head.clear();
        put("HTTP/1.1 ")
                .put(reason(status))
                .put("\r\nDate: ")
                .put(date())
                .put("\r\n")
                .put(fields)
                .put("\r\n");
        to.write(head.flip());
    }

    /** With a body, or with the fields that describe it. */
    void text(Transport to, int status, String fields, String body, boolean withBody) {
        head(to, status, fields + "Content-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n");
        if (withBody) {
            to.write(body.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    void chunk(Transport to, ByteBuffer data) {
        head.clear();
        put(Integer.toHexString(data.remaining())).put("\r\n");
        to.write(head.flip());
        to.write(data);
        end(to, "\r\n");
    }

    void lastChunk(Transport to) {
        end(to, "0\r\n\r\n");
    }

    void sendContinue(Transport to) {
        end(to, "HTTP/1.1 100 Continue\r\n\r\n");
    }

    private void end(Transport to, String text) {
        head.clear();
        put(text);
        to.write(head.flip());
    }

    private Responses put(String ascii) {
        for (int i = 0; i < ascii.length(); i++) {
            head.put((byte) ascii.charAt(i));
        }
        return this;
    }

    private String date() {
        long nowSeconds = System.currentTimeMillis() / 1000;
        if (nowSeconds != dateSeconds) {
            dateSeconds = nowSeconds;
            date = DATE.format(Instant.ofEpochSecond(nowSeconds));
        }
        return date;
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "200 OK";
            case 301 -> "301 Moved Permanently";
            case 400 -> "400 Bad Request";
            case 404 -> "404 Not Found";
            case 405 -> "405 Method Not Allowed";
            case 408 -> "408 Request Timeout";
            case 413 -> "413 Content Too Large";
            case 414 -> "414 URI Too Long";
            case 417 -> "417 Expectation Failed";
            case 431 -> "431 Request Header Fields Too Large";
            case 501 -> "501 Not Implemented";
            case 503 -> "503 Service Unavailable";
            case 505 -> "505 HTTP Version Not Supported";
            default -> throw new IllegalArgumentException("status [" + status + "] isn't used here");
        };
    }
}
