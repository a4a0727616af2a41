// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forwarder, between real programs. */
class ProxyIT {
    private static final int MIB = 1024 * 1024;

    private static Program proxyTo(int port, String... options) throws IOException {
        String[] arguments = new String[3 + options.length];
        arguments[0] = "proxy";
        arguments[1] = "tcp:0:interface=127.0.0.1";
        arguments[2] = "tcp:127.0.0.1:" + port;
        System.arraycopy(options, 0, arguments, 3, options.length);
        return Program.example(arguments);
    }

    private static int portOf(Program program) throws Exception {
        String listening = program.await("listening: ");
        return Integer.parseInt(listening.substring(listening.lastIndexOf(':') + 1));
    }

    /** The client ends its half, which reaches the echo server, whose end comes back behind the last byte. */
    @ParameterizedTest
    @ValueSource(strings = {"epoll", "poll", "select"})
    void whatIsSentComesBackWithItsEnd(String backend) throws Exception {
        try (Program echo = Program.example("echo", "tcp:0:interface=127.0.0.1");
                Program proxy = proxyTo(portOf(echo), "--backend", backend);
                Socket socket = new Socket("127.0.0.1", portOf(proxy))) {
            byte[] sent = new byte[64 * MIB];
            new Random(6).nextBytes(sent);
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> EchoIT.send(socket, sent));
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(sent);
            sending.get();
            proxy.terminate();
            assertThat(proxy.awaitExit()).isEqualTo(143);
            assertThat(proxy.output()).endsWith("shutting down\nbye").doesNotContain("WARNING");
        }
    }

    /** Both sides of a connection are on one reactor, whichever that is. */
    @ParameterizedTest
    @ValueSource(strings = {"epoll", "poll", "select"})
    void twoReactorsForwardSideBySide(String backend) throws Exception {
        try (Program echo = Program.example("echo", "tcp:0:interface=127.0.0.1");
                Program proxy = proxyTo(portOf(echo), "--backend", backend, "--reactors", "2")) {
            int port = portOf(proxy);
            byte[] sent = new byte[4 * MIB];
            new Random(6).nextBytes(sent);
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                clients.add(CompletableFuture.runAsync(
                        () -> {
                            try (Socket socket = new Socket("127.0.0.1", port)) {
                                Thread sending = new Thread(() -> EchoIT.send(socket, sent));
                                sending.start();
                                assertThat(socket.getInputStream().readAllBytes())
                                        .isEqualTo(sent);
                                sending.join();
                            } catch (IOException | InterruptedException e) {
                                throw new AssertionError(e);
                            }
                        },
                        command -> new Thread(command).start()));
            }
            clients.forEach(CompletableFuture::join);
            proxy.terminate();
            assertThat(proxy.awaitExit()).isEqualTo(143);
            assertThat(proxy.output()).endsWith("shutting down\nbye").doesNotContain("WARNING");
        }
    }

    /** The server has said all it has to say, and goes on listening. */
    @ParameterizedTest
    @ValueSource(strings = {"epoll", "poll", "select"})
    void oneHalfMayEndLongBeforeTheOther(String backend) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Program proxy = proxyTo(server.getLocalPort(), "--backend", backend);
                Socket client = new Socket("127.0.0.1", portOf(proxy));
                Socket accepted = server.accept()) {
            accepted.getOutputStream().write("greeting".getBytes(UTF_8));
            accepted.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("greeting");
            EchoIT.send(client, "answer".getBytes(UTF_8));
            assertThat(accepted.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("answer");
        }
    }

    @Test
    void aResetIsPassedOnBothWays() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                Program proxy = proxyTo(server.getLocalPort())) {
            int port = portOf(proxy);
            try (Socket client = new Socket("127.0.0.1", port);
                    Socket accepted = server.accept()) {
                awaitJoined(client, accepted);
                reset(client);
                assertThatThrownBy(() -> accepted.getInputStream().read()).isInstanceOf(SocketException.class);
            }
            try (Socket client = new Socket("127.0.0.1", port);
                    Socket accepted = server.accept()) {
                awaitJoined(client, accepted);
                reset(accepted);
                assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            }
        }
    }

    /** Before, there is nobody to pass a reset on to: the attempt to connect is given up, or the client sent away. */
    private static void awaitJoined(Socket client, Socket accepted) throws IOException {
        client.getOutputStream().write('x');
        assertThat(accepted.getInputStream().read()).isEqualTo('x');
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Test
    void whoCannotBeForwardedIsSentAwayAndTheOthersAreServed() throws Exception {
        int nobodyListens;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobodyListens = closed.getLocalPort();
        }
        try (Program proxy = proxyTo(nobodyListens)) {
            int port = portOf(proxy);
            for (int i = 0; i < 2; i++) {
                try (Socket client = new Socket("127.0.0.1", port)) {
                    assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
                }
            }
            assertThat(proxy.await("can't connect ")).contains("127.0.0.1:" + nobodyListens);
        }
    }

    @Test
    void aWrongTargetIsAMistakeInUse() throws Exception {
        try (Program proxy = Program.example("proxy", "tcp:0", "tcp:127.0.0.1")) {
            assertThat(proxy.awaitExit()).isEqualTo(2);
            assertThat(proxy.output()).startsWith("error: ").contains("tcp:127.0.0.1", "port");
        }
    }
}
