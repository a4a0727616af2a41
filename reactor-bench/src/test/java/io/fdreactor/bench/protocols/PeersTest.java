// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.protocols;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Server;
import io.fdreactor.bench.harness.Tied;
import io.fdreactor.examples.Main;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A peer that does less than our example, or sends less, would be no peer. */
class PeersTest {
    private static final String ENDPOINT = "tcp:0:interface=127.0.0.1";

    @Test
    void bothHttpServersSendTheSameBytes() throws Exception {
        String request = "GET / HTTP/1.1\r\nHost: here\r\n\r\n".repeat(2);
        String answers = """
                HTTP/1.1 200 OK
                Date: Thu, 01 Jan 1970 00:00:00 GMT
                Content-Type: text/plain
                Content-Length: 6

                hello
                """.replace("\n", "\r\n").replace("hello\r", "hello").repeat(2);

        assertThat(undated(answers(Main.class, request, answers.length(), "http", ENDPOINT)))
                .isEqualTo(undated(answers));
        assertThat(undated(answers(NettyHttp.class, request, answers.length(), "NIO")))
                .isEqualTo(undated(answers));
    }

    @Test
    void bothRespServersSendTheSameBytes() throws Exception {
        String request = Stream.of("SET a 1", "GET a", "INCR a", "GET a", "GET b", "INCR b", "SET c x", "INCR c")
                .map(PeersTest::command)
                .reduce("", String::concat);
        String replies = "+OK\r\n$1\r\n1\r\n:2\r\n$1\r\n2\r\n$-1\r\n:1\r\n+OK\r\n"
                + "-ERR value is not an integer or out of range\r\n";

        assertThat(answers(Main.class, request, replies.length(), "resp", ENDPOINT))
                .isEqualTo(replies);
        assertThat(answers(NettyResp.class, request, replies.length(), "NIO")).isEqualTo(replies);
    }

    private static String command(String words) {
        String[] word = words.split(" ");
        StringBuilder command = new StringBuilder("*" + word.length + "\r\n");
        for (String each : word) {
            command.append('$')
                    .append(each.length())
                    .append("\r\n")
                    .append(each)
                    .append("\r\n");
        }
        return command.toString();
    }

    private static String answers(Class<?> main, String request, int length, String... arguments) throws IOException {
        List<String> command = Tied.command(List.of("-Dfdreactor.backend=select"), main, arguments);
        try (Server server = Server.start(main.getSimpleName(), Figure.THIS_JDK, command);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
        }
    }

    /** The names of fields are the same in any case. */
    private static String undated(String answers) {
        return answers.toLowerCase(Locale.ROOT).replaceAll("date: [^\r]{25} gmt", "date: then");
    }
}
