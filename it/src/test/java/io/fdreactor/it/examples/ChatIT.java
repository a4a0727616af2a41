// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The room, with visitors who behave and others. */
class ChatIT {
    private static final int PATIENCE_MILLIS = 60_000;

    private static Program chat(String backend) throws IOException {
        return chat(backend, 1);
    }

    /** Of two who come one after the other, each is served by another reactor, if there are two. */
    private static Program chat(String backend, int reactors) throws IOException {
        return Program.example(
                "chat",
                "tcp:0:interface=127.0.0.1:reusePort=no",
                "--backend",
                backend,
                "--reactors",
                Integer.toString(reactors));
    }

    private static int portOf(Program chat) throws InterruptedException {
        String listening = chat.await("listening: ");
        return Integer.parseInt(listening.substring(listening.lastIndexOf(':') + 1));
    }

    private static final class Visitor implements AutoCloseable {
        private final Socket socket = new Socket();
        private final BufferedReader lines;

        Visitor(int port) throws IOException {
            socket.setReceiveBufferSize(64 * 1024);
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.setSoTimeout(PATIENCE_MILLIS);
            lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            assertThat(lines.readLine()).isEqualTo("* your name?");
        }

        /** In the room under this name. */
        Visitor(int port, String name) throws IOException {
            this(port);
            say(name);
            assertThat(lines.readLine()).startsWith("* here: ").contains(name.strip());
        }

        void say(String line) throws IOException {
            send((line + "\n").getBytes(UTF_8));
        }

        void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        /** Null at the end. */
        String hear() throws IOException {
            return lines.readLine();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"epoll, 1", "poll, 1", "select, 1", "epoll, 2", "poll, 2", "select, 2"})
    void twoTalk(String backend, int reactors) throws Exception {
        try (Program chat = chat(backend, reactors)) {
            int port = portOf(chat);
            try (Visitor ada = new Visitor(port, "Ada");
                    Visitor bob = new Visitor(port, "Bob\r")) {
                assertThat(ada.hear()).isEqualTo("* Bob has joined");
                bob.say("hello\u0007 \u001b[31mthere\u202e");
                assertThat(ada.hear()).isEqualTo("Bob: hello [31mthere");
                ada.say("/who");
                assertThat(ada.hear()).isEqualTo("* here: Ada, Bob");
                ada.say("/nick x");
                assertThat(ada.hear()).contains("/who", "/quit", "[/nick x]");
                ada.say("/quit");
                assertThat(ada.hear()).isEqualTo("* bye");
                assertThat(ada.hear()).isNull();
                assertThat(bob.hear()).isEqualTo("* Ada has left");
            }
            chat.terminate();
            assertThat(chat.awaitExit()).isEqualTo(143);
            assertThat(chat.output()).endsWith("shutting down\nbye").doesNotContain("WARNING");
        }
    }

    @Test
    void aNameThatIsTakenOrNoneIsRefusedUntilThereIsAnother() throws Exception {
        try (Program chat = chat("epoll")) {
            int port = portOf(chat);
            try (Visitor ada = new Visitor(port, "Ada");
                    Visitor other = new Visitor(port)) {
                other.say("ADA");
                assertThat(other.hear()).startsWith("* [ADA] is here already");
                for (String wrong : new String[] {"", "x".repeat(33), "a\u001bb"}) {
                    other.say(wrong);
                    assertThat(other.hear()).startsWith("* a name has 1 to 32 printable characters");
                }
                other.say("/quit");
                assertThat(other.hear()).startsWith("* a name doesn't begin with [/]");
                other.say("Bob");
                assertThat(other.hear()).isEqualTo("* here: Ada, Bob");
                assertThat(ada.hear()).isEqualTo("* Bob has joined");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"epoll, 1", "poll, 1", "select, 1", "epoll, 2", "poll, 2", "select, 2"})
    void oneWhoDoesNotReadIsPutOutAndTheOthersAreTold(String backend, int reactors) throws Exception {
        try (Program chat = chat(backend, reactors)) {
            int port = portOf(chat);
            try (Visitor deaf = new Visitor(port, "Deaf");
                    Visitor ada = new Visitor(port, "Ada");
                    Visitor bob = new Visitor(port, "Bob")) {
                assertThat(ada.hear()).isEqualTo("* Bob has joined");
                String said = "x".repeat(1000);
                String heard = said;
                long lines = 0;
                // More than any kernel keeps for one connection.
                for (; !heard.startsWith("* ") && lines < 100_000; lines++) {
                    bob.say(said);
                    heard = ada.hear();
                }
                while (!heard.startsWith("* ")) {
                    heard = ada.hear();
                }
                assertThat(heard).isEqualTo("* Deaf didn't listen and was put out");
                assertThat(bob.hear()).isEqualTo(heard);
            }
        }
    }

    /** All at once, and from one whose name makes the most of it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void oneWhoTalksFastGetsNobodyPutOut(int reactors) throws Exception {
        int lines = 20_000;
        try (Program chat = chat("epoll", reactors)) {
            int port = portOf(chat);
            try (Visitor ada = new Visitor(port, "Ada");
                    Visitor fast = new Visitor(port, "\uD83D\uDE00".repeat(32))) {
                assertThat(ada.hear()).endsWith(" has joined");
                fast.send("x\n".repeat(lines).getBytes(UTF_8));
                for (int i = 0; i < lines; i++) {
                    assertThat(ada.hear()).endsWith(": x");
                }
            }
        }
    }

    /** Each speaker's lines keep their order, whichever way they take. */
    @ParameterizedTest
    @ValueSource(strings = {"epoll", "poll", "select"})
    void manyWhoTalkAtOnceAreHeardInTheirOrderInEveryRoom(String backend) throws Exception {
        int lines = 500;
        try (Program chat = chat(backend, 3)) {
            int port = portOf(chat);
            List<Visitor> visitors = new ArrayList<>();
            try {
                for (String name : List.of("A", "B", "C", "D", "E", "F")) {
                    visitors.add(new Visitor(port, name));
                }
                for (Visitor visitor : visitors) {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < lines; i++) {
                        text.append(i).append('\n');
                    }
                    visitor.send(text.toString().getBytes(UTF_8));
                }
                for (Visitor visitor : visitors) {
                    Map<String, Integer> next = new HashMap<>();
                    for (int i = 0; i < 5 * lines; ) {
                        String heard = visitor.hear();
                        if (!heard.startsWith("* ")) {
                            String speaker = heard.substring(0, 1);
                            int number = next.merge(speaker, 1, Integer::sum) - 1;
                            assertThat(heard).isEqualTo(speaker + ": " + number);
                            i++;
                        }
                    }
                }
            } finally {
                for (Visitor visitor : visitors) {
                    visitor.close();
                }
            }
        }
    }

    @Test
    void aLineThatIsTooLongEndsTheConnection() throws Exception {
        try (Program chat = chat("epoll")) {
            int port = portOf(chat);
            try (Visitor ada = new Visitor(port, "Ada");
                    Visitor bob = new Visitor(port, "Bob")) {
                assertThat(ada.hear()).isEqualTo("* Bob has joined");
                bob.send("x".repeat(1025).getBytes(UTF_8));
                assertThat(bob.hear()).isEqualTo("* a line has at most 1024 bytes; bye");
                assertThat(bob.hear()).isNull();
                assertThat(ada.hear()).isEqualTo("* Bob has left");
            }
        }
    }

    /** Whatever is sent, nobody hears what a terminal would obey, and the room goes on. */
    @ParameterizedTest
    @ValueSource(strings = {"epoll", "poll", "select"})
    void garbageHarmsNobodyElse(String backend) throws Exception {
        Random random = new Random(4);
        try (Program chat = chat(backend)) {
            int port = portOf(chat);
            try (Visitor ada = new Visitor(port, "Ada");
                    Visitor bob = new Visitor(port, "Bob")) {
                assertThat(ada.hear()).isEqualTo("* Bob has joined");
                for (int i = 0; i < 50; i++) {
                    byte[] garbage = new byte[random.nextInt(4096)];
                    random.nextBytes(garbage);
                    try (Visitor noise = new Visitor(port, "noise" + i)) {
                        noise.send(garbage);
                    } catch (IOException e) {
                        // It was too long a line, and so the end.
                        continue;
                    }
                }
                bob.say("still here");
                String heard = ada.hear();
                for (; !heard.equals("Bob: still here"); heard = ada.hear()) {
                    assertThat(heard.codePoints()).noneMatch(Character::isISOControl);
                }
            }
            assertThat(chat.output()).doesNotContain("Exception");
        }
    }
}
