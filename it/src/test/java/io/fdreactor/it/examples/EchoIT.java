// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EchoIT {
    private static final int MIB = 1 << 20;

    private static InetSocketAddress addressOf(Program echo) throws InterruptedException {
        String address = echo.await("listening: ").substring("listening: ".length());
        int colon = address.lastIndexOf(':');
        return new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(4).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "poll", "select"})
    void whatIsSentComesBackAndSigtermEndsIt(String backend) throws Exception {
        try (Program echo = Program.example("echo", "tcp:0:interface=127.0.0.1", "--backend", backend)) {
            assertThat(echo.await("backend: ")).isEqualTo("backend: " + backend);
            assertThat(echo.await("chosen: ")).isEqualTo("chosen: asked for by --backend");
            try (Socket socket = new Socket()) {
                socket.connect(addressOf(echo));
                byte[] sent = randomBytes(4 * MIB);
                CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> send(socket, sent));
                assertThat(socket.getInputStream().readAllBytes()).isEqualTo(sent);
                sending.get();
            }
            echo.terminate();
            assertThat(echo.awaitExit()).isEqualTo(143);
            assertThat(echo.output()).endsWith("shutting down\nbye").doesNotContain("WARNING");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "epoll, ''", "poll, ''", "select, ''",
        "epoll, :reusePort=no", "poll, :reusePort=no", "select, :reusePort=no"
    })
    void severalReactorsServeOnePortAndEndTogether(String backend, String reusePort) throws Exception {
        try (Program echo = Program.example(
                "echo", "tcp:0:interface=127.0.0.1" + reusePort, "--backend", backend, "--reactors", "2")) {
            assertThat(echo.await("reactors: "))
                    .isEqualTo("reactors: 2, "
                            + (reusePort.isEmpty()
                                    ? "each with a listening socket of its own"
                                    : "one of which accepts for all in turn"));
            InetSocketAddress address = addressOf(echo);
            for (int i = 0; i < 20; i++) {
                try (Socket socket = new Socket()) {
                    socket.connect(address);
                    send(socket, "hello".getBytes(US_ASCII));
                    assertThat(socket.getInputStream().readAllBytes())
                            .asString(US_ASCII)
                            .isEqualTo("hello");
                }
            }
            echo.terminate();
            assertThat(echo.awaitExit()).isEqualTo(143);
            assertThat(echo.output()).endsWith("shutting down\nbye").doesNotContain("WARNING");
        }
    }

    @Test
    void noReactorsAreAMistakeInUse() throws Exception {
        try (Program echo = Program.example("echo", "--reactors", "0")) {
            assertThat(echo.awaitExit()).isEqualTo(2);
            assertThat(echo.output()).isEqualTo("error: --reactors is 1 at least, not [0]");
        }
    }

    /** All of it, and then this side's end. */
    static void send(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void ctrlCEndsIt() throws Exception {
        assumeThat(ignoresSigint())
                .as("SIGINT is ignored here, as in what a script starts with &, and so in what is started from here")
                .isFalse();
        try (Program echo = Program.example("echo", "tcp:0:interface=127.0.0.1")) {
            echo.await("listening: ");
            echo.signal("INT");
            assertThat(echo.awaitExit()).isEqualTo(130);
            assertThat(echo.output()).endsWith("shutting down\nbye");
        }
    }

    private static boolean ignoresSigint() throws IOException {
        String ignored = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow();
        return (Long.parseUnsignedLong(ignored.substring("SigIgn:".length()).trim(), 16) & 2) != 0;
    }

    /**
     * Sends as much as is taken while another connection, again and again, shows that the server has had its turn.
     * A server that reads on takes everything; ours stops once the kernel's buffers and its own are full.
     */
    @ParameterizedTest
    @ValueSource(strings = {"epoll", "poll", "select"})
    void aPeerThatDoesNotReadIsNotReadFrom(String backend) throws Exception {
        int farTooMuch = 256 * MIB;
        int roundsWithoutProgress = 200;
        try (Program echo = Program.example("echo", "tcp:0:interface=127.0.0.1", "--backend", backend);
                SocketChannel silent = SocketChannel.open();
                Socket other = new Socket()) {
            InetSocketAddress address = addressOf(echo);
            silent.setOption(StandardSocketOptions.SO_RCVBUF, 64 * 1024);
            silent.connect(address);
            silent.configureBlocking(false);
            other.connect(address);
            other.setTcpNoDelay(true);
            ByteBuffer data = ByteBuffer.wrap(randomBytes(MIB));
            long sent = 0;
            int rounds = 0;
            while (rounds < roundsWithoutProgress && sent < farTooMuch) {
                int taken = silent.write(data);
                sent += taken;
                rounds = taken > 0 ? 0 : rounds + 1;
                if (!data.hasRemaining()) {
                    data.rewind();
                }
                other.getOutputStream().write('x');
                assertThat(other.getInputStream().read()).isEqualTo('x');
            }
            assertThat(sent).isGreaterThan(0).isLessThan(farTooMuch);

            silent.configureBlocking(true);
            silent.shutdownOutput();
            assertThat(countAll(silent)).isEqualTo(sent);
        }
    }

    private static long countAll(SocketChannel channel) throws IOException {
        InputStream input = channel.socket().getInputStream();
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
            total += count;
        }
        return total;
    }

    @Test
    void aTakenPortIsSaidInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            try (Program echo = Program.example("echo", "tcp:" + port + ":interface=127.0.0.1")) {
                assertThat(echo.awaitExit()).isEqualTo(1);
                assertThat(echo.output().lines())
                        .singleElement()
                        .asString()
                        .startsWith("error: can't listen on [127.0.0.1:" + port + "]");
            }
        }
    }

    @Test
    void anUnknownBackendIsAnsweredWithThoseThereAre() throws Exception {
        try (Program echo = Program.example("echo", "--backend", "nope")) {
            assertThat(echo.awaitExit()).isEqualTo(1);
            assertThat(echo.output())
                    .startsWith("error: ")
                    .contains("nope", "epoll", "poll", "select", "[FDR-NO-REACTOR]")
                    .doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp:65536", "tcp:x", "--nope"})
    void aWrongOptionIsAMistakeInUse(String option) throws Exception {
        try (Program echo = Program.example("echo", option)) {
            assertThat(echo.awaitExit()).isEqualTo(2);
            assertThat(echo.output()).contains(option.substring(option.indexOf(':') + 1));
        }
    }
}
