// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.examples.ManualTime;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Requests, right and wrong, cut anywhere: how they are cut makes no difference, nothing is thrown, and what comes back is
 * whole responses. The seeds are fixed, so what fails once fails again.
 */
class HttpFuzzTest {
    private static final int ROUNDS = 20_000;
    private static final List<String> REQUESTS = List.of(
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "HEAD /nope HTTP/1.1\r\nHost: x\r\nAccept: a\r\n\r\n",
            "\r\nGET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            "POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab\r\nc",
            "POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\na\r\n\r\n00\r\nT: r\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na\r\n\r\na\r\n0123456789\r\n0\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\nwxyz");
    private static final String LAST = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final Pattern HEAD =
            Pattern.compile("HTTP/1\\.1 ([0-9]{3}) [A-Za-z ]+\r\n(([A-Z][A-Za-z-]+: [^\r\n]+\r\n)*)\r\n");

    private static final Pattern LENGTH = Pattern.compile("Content-Length: ([0-9]+)");

    private static MemoryConnection connection() {
        return new MemoryConnection(new HttpProtocol(new ManualTime(), new Responses(), null));
    }

    /** What was sent, without dates, and what was echoed in chunks as one: with its length if it has come to its end. */
    private static String normal(MemoryConnection connection) {
        String sent = connection.sent().replaceAll("Date: [^\r]*\r\n", "");
        StringBuilder normal = new StringBuilder();
        String chunked = "Transfer-Encoding: chunked\r\n\r\n";
        int from = 0;
        for (int at = sent.indexOf(chunked); at >= 0; at = sent.indexOf(chunked, from)) {
            normal.append(sent, from, at);
            from = at + chunked.length();
            StringBuilder echo = new StringBuilder();
            int bytes = -1;
            while (bytes != 0 && from < sent.length()) {
                int start = sent.indexOf("\r\n", from) + 2;
                bytes = Integer.parseInt(sent.substring(from, start - 2), 16);
                echo.append(sent, start, start + bytes);
                assertThat(sent.substring(start + bytes)).startsWith("\r\n");
                from = start + bytes + 2;
            }
            normal.append(bytes == 0 ? "Content-Length: " + echo.length() : "Cut: yes");
            normal.append("\r\n\r\n").append(echo);
        }
        return normal.append(sent.substring(from)).toString();
    }

    private static String end(MemoryConnection connection) {
        return connection.isAborted() ? "aborted" : connection.isOutputEnded() ? "ended" : "open";
    }

    @Test
    void whereRequestsAreCutMakesNoDifference() {
        byte[] bytes = (String.join("", REQUESTS) + LAST).getBytes(ISO_8859_1);
        MemoryConnection whole = connection();
        whole.receive(bytes, 0, bytes.length);
        String wanted = normal(whole);
        assertThat(wanted)
                .contains("Content-Length: 13\r\n\r\na\r\n0123456789", "Content-Length: 4\r\n\r\nwxyz")
                .endsWith("hello\n");
        assertThat(end(whole)).isEqualTo("ended");
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second += 7) {
                MemoryConnection cut = connection();
                cut.receive(bytes, 0, first);
                cut.receive(bytes, first, second);
                cut.receive(bytes, second, bytes.length);
                assertThat(normal(cut) + end(cut))
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(wanted + "ended");
            }
        }
    }

    @Test
    void whateverComesIsAnsweredByWholeResponsesOrAnEnd() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            StringBuilder input = new StringBuilder();
            for (int i = random.nextInt(4); i >= 0; i--) {
                input.append(REQUESTS.get(random.nextInt(REQUESTS.size())));
            }
            mutate(random, input);
            byte[] bytes = input.toString().getBytes(ISO_8859_1);
            MemoryConnection whole = connection();
            whole.receive(bytes, 0, bytes.length);
            MemoryConnection cut = connection();
            for (int from = 0; from < bytes.length; ) {
                int to = Math.min(bytes.length, from + 1 + random.nextInt(20));
                cut.receive(bytes, from, to);
                from = to;
            }
            assertThat(normal(cut) + end(cut)).as("seed %d", seed).isEqualTo(normal(whole) + end(whole));
            assertThat(areResponses(normal(whole)))
                    .as("seed %d: %s", seed, whole.sent())
                    .isTrue();
        }
    }

    private static void mutate(Random random, StringBuilder input) {
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(input.length());
            switch (random.nextInt(4)) {
                case 0 -> input.deleteCharAt(at);
                case 1 -> input.insert(at, (char) random.nextInt(256));
                case 2 -> input.insert(at, input.substring(at, Math.min(input.length(), at + random.nextInt(30))));
                default -> input.setCharAt(at, "\r\n :;0aF/%".charAt(random.nextInt(10)));
            }
        }
    }

    /** Heads, each with as much as it says behind it, or nothing after HEAD; what has no length is the last. */
    private static boolean areResponses(String sent) {
        String rest = sent;
        while (!rest.isEmpty()) {
            Matcher head = HEAD.matcher(rest);
            if (!head.lookingAt()) {
                return false;
            }
            Matcher length = LENGTH.matcher(head.group(2));
            rest = rest.substring(head.end());
            if (!length.find()) {
                if (!head.group(1).equals("100")) {
                    return !HEAD.matcher(rest).find();
                }
            } else if (!HEAD.matcher(rest).lookingAt() && !rest.isEmpty()) {
                int bytes = Integer.parseInt(length.group(1));
                if (rest.length() < bytes) {
                    return false;
                }
                rest = rest.substring(bytes);
            }
        }
        return true;
    }

    /** What a body in chunks is: read by hand from the whole of it. */
    @Test
    void chunksAreCutAsByHand() {
        String head = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            StringBuilder body = new StringBuilder();
            while (random.nextInt(5) > 0) {
                int bytes = 1 + random.nextInt(20);
                body.append(Integer.toHexString(bytes)).append("\r\n");
                body.append("\r\n0123456789abcdef;xyz", 0, bytes).append("\r\n");
            }
            body.append("0\r\n\r\n");
            if (random.nextBoolean()) {
                body.setCharAt(random.nextInt(body.length()), "\r\n0123fx;".charAt(random.nextInt(9)));
            }
            MemoryConnection connection = connection();
            connection.receive(head + body);
            String normal = normal(connection);
            String echoed = normal.substring(normal.indexOf("\r\n\r\n") + 4);
            String end = "(" + end(connection) + ")";
            Matcher length = LENGTH.matcher(normal);
            if (length.find()) {
                echoed = echoed.substring(0, Integer.parseInt(length.group(1)));
                end = "(end)";
            }
            assertThat(echoed + end).as("seed %d: %s", seed, body).startsWith(byHand(body.toString()));
        }
    }

    private static String byHand(String body) {
        StringBuilder whole = new StringBuilder();
        for (int from = 0; ; ) {
            int end = body.indexOf("\r\n", from);
            if (end < 0) {
                return whole + "(open)";
            }
            String size = body.substring(from, end);
            if (!size.matches("[0-9a-fA-F]{1,15}([ \t]*;[^\r\n]*)?")) {
                return whole + "(aborted)";
            }
            long bytes = Long.parseLong(size.replaceAll("[ \t]*(;.*)?$", ""), 16);
            if (bytes == 0) {
                return whole + (body.startsWith("\r\n", end + 2) ? "(end)" : "");
            }
            int next = (int) Math.min(body.length(), end + 2 + bytes);
            whole.append(body, end + 2, next);
            if (next == body.length()) {
                return whole + "(open)";
            }
            int chunkEnd = body.indexOf("\r\n", next);
            if (chunkEnd != next) {
                return whole + (chunkEnd < 0 ? "" : "(aborted)");
            }
            from = next + 2;
        }
    }
}
