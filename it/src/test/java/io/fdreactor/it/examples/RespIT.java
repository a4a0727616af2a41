// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The RESP server, as its clients see it. */
class RespIT {
    private static final int ROUNDS = 20_000;

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "poll", "select"})
    void aLongPipelineIsAnsweredToItsEndAndSigtermEndsIt(String backend) throws Exception {
        try (Program resp = Program.example("resp", "tcp:0:interface=127.0.0.1", "--backend", backend)) {
            String listening = resp.await("listening: ");
            int port = Integer.parseInt(listening.substring(listening.lastIndexOf(':') + 1));
            try (Socket socket = new Socket("127.0.0.1", port)) {
                String value = "v".repeat(1000);
                StringBuilder requests = new StringBuilder();
                StringBuilder replies = new StringBuilder();
                for (int round = 1; round <= ROUNDS; round++) {
                    requests.append("*2\r\n$4\r\nINCR\r\n$1\r\nn\r\nSET k ")
                            .append(value)
                            .append("\r\nGET k\r\n");
                    replies.append(':')
                            .append(round)
                            .append("\r\n+OK\r\n$1000\r\n")
                            .append(value)
                            .append("\r\n");
                }
                byte[] sent = requests.append("QUIT\r\n").toString().getBytes(US_ASCII);
                CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> EchoIT.send(socket, sent));
                assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                        .isEqualTo(replies.append("+OK\r\n").toString());
                sending.get();
            }
            try (Socket nonsense = new Socket("127.0.0.1", port)) {
                nonsense.getOutputStream().write("*1\r\n$99999999999\r\n".getBytes(US_ASCII));
                assertThat(new String(nonsense.getInputStream().readAllBytes(), US_ASCII))
                        .isEqualTo("-ERR Protocol error: invalid bulk length\r\n");
            }
            resp.terminate();
            assertThat(resp.awaitExit()).isEqualTo(143);
            assertThat(resp.output()).endsWith("shutting down\nbye").doesNotContain("WARNING");
        }
    }

    /** Which would be fewer if two reactors read the same number before either has written the next. */
    @ParameterizedTest
    @ValueSource(strings = {"epoll", "poll", "select"})
    void twoReactorsCountInOneKeyspace(String backend) throws Exception {
        int clients = 4;
        try (Program resp = Program.example(
                "resp", "tcp:0:interface=127.0.0.1:reusePort=no", "--backend", backend, "--reactors", "2")) {
            assertThat(resp.await("reactors: ")).isEqualTo("reactors: 2, one of which accepts for all in turn");
            String listening = resp.await("listening: ");
            int port = Integer.parseInt(listening.substring(listening.lastIndexOf(':') + 1));
            byte[] requests = ("INCR n\r\n".repeat(ROUNDS) + "QUIT\r\n").getBytes(US_ASCII);
            CompletableFuture<?>[] counting = new CompletableFuture<?>[clients];
            for (int i = 0; i < clients; i++) {
                counting[i] = CompletableFuture.runAsync(
                        () -> assertThat(answerTo(port, requests)).endsWith("+OK\r\n"),
                        command -> new Thread(command).start());
            }
            CompletableFuture.allOf(counting).join();
            String count = Integer.toString(clients * ROUNDS);
            assertThat(answerTo(port, "GET n\r\nQUIT\r\n".getBytes(US_ASCII)))
                    .isEqualTo("$" + count.length() + "\r\n" + count + "\r\n+OK\r\n");
            resp.terminate();
            assertThat(resp.awaitExit()).isEqualTo(143);
            assertThat(resp.output()).endsWith("shutting down\nbye").doesNotContain("WARNING");
        }
    }

    private static String answerTo(int port, byte[] requests) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(
                    () -> EchoIT.send(socket, requests), command -> new Thread(command).start());
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            sending.join();
            return answer;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
