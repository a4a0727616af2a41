// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fdreactor.examples.ManualTime;
import io.fdreactor.net.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command's reply beside that of redis-server, where one is installed. */
class RedisComparisonTest {
    private static final String MARK = "the-end-of-the-replies";
    private static final int TIMEOUT_MILLIS = 60_000;

    /** Words in a line, sent as arrays of bulk strings; {@code ''} is an empty one. In this order, in one database. */
    private static final List<String> COMMANDS = List.of(
            "PING",
            "ping hello",
            "PING a b",
            "ECHO",
            "ECHO x",
            "ECHO x y",
            "FOO",
            "FOO bar 'x'",
            "'' a",
            "SET k v",
            "GET k",
            "GET",
            "GET k k",
            "GET nokey",
            "SET k",
            "SET k v EX",
            "SET k v EX 10",
            "TTL k",
            "SET k v FOO 1",
            "SET k v EX 0",
            "SET k v EX -1",
            "SET k v EX x",
            "SET k v EX 1 PX 1",
            "SET k v EX 010",
            "SET k v PX 9223372036854775807",
            "SET k v EX 9223372036854775807",
            "SET k v EX 9223372036854775",
            "SET k v EX 9223370000000000",
            "TTL nokey",
            "SET k v",
            "TTL k",
            "PTTL k",
            "PTTL nokey",
            "PTTL",
            "INCR n",
            "INCR n",
            "GET n",
            "INCR k",
            "INCR",
            "INCR a b",
            "SET e +5",
            "INCR e",
            "SET e 007",
            "INCR e",
            "SET e -0",
            "INCR e",
            "SET e -1",
            "INCR e",
            "SET e -",
            "INCR e",
            "SET e ''",
            "INCR e",
            "SET e 5x",
            "INCR e",
            "SET e 9223372036854775806",
            "INCR e",
            "INCR e",
            "SET e 9223372036854775808",
            "INCR e",
            "SET e -9223372036854775808",
            "INCR e",
            "SET e 99999999999999999999",
            "INCR e",
            "EXPIRE e -9223372036854775808",
            "GET e",
            "EXPIRE e 9223372036854775807",
            "EXPIRE e 9223372036854775",
            "EXPIRE e 9223370000000000",
            "EXPIRE e +5",
            "EXPIRE e 05",
            "EXPIRE e x",
            "EXPIRE e",
            "EXPIRE e 1 FOO",
            "EXPIRE nokey 1",
            "EXPIRE e 100",
            "TTL e",
            "EXPIRE e -1",
            "EXISTS e",
            "SET e 1",
            "EXPIRE e 0",
            "EXISTS e",
            "DEL",
            "DEL nokey",
            "SET a 1",
            "SET b 1",
            "EXISTS a b a nokey",
            "EXISTS",
            "KEYS a*",
            "KEYS",
            "KEYS [ax]",
            "KEYS [^a-m]",
            "DBSIZE",
            "DBSIZE x",
            "DEL a b a",
            "DBSIZE",
            "CONFIG GET save",
            "CONFIG GET APPENDONLY",
            "CONFIG GET maxmemory",
            "CONFIG GET nothing",
            "CONFIG",
            "CONFIG GET",
            "CONFIG FOO x");

    @Test
    void repliesAreThoseOfRedisServer(@TempDir Path directory) throws Exception {
        boolean isInstalled = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server")));
        if (!isInstalled) {
            System.out.println("skipped: no redis-server is installed here, so there is nothing to compare with");
        }
        assumeTrue(isInstalled, "no redis-server is installed here");
        int port = freePort();
        Process redis = new ProcessBuilder(
                        "redis-server", "--port", Integer.toString(port), "--bind", "127.0.0.1", "--save", "")
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("log").toFile())
                .redirectErrorStream(true)
                .start();
        try {
            String expected = fromRedis(redis, port);
            assertThat(lines(fromOurs())).containsExactlyElementsOf(lines(expected));
        } finally {
            redis.destroyForcibly().waitFor();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Each command with its reply. */
    private static List<String> lines(String replies) {
        List<String> lines = new ArrayList<>();
        String[] each = replies.split("\\$22\r\n" + MARK + "\r\n");
        for (int i = 0; i < COMMANDS.size(); i++) {
            lines.add(COMMANDS.get(i) + " -> " + each[i].replace("\r\n", " "));
        }
        return lines;
    }

    private static byte[] requests() {
        return COMMANDS.stream()
                .map(command -> request(command) + request("ECHO " + MARK))
                .collect(Collectors.joining())
                .getBytes(ISO_8859_1);
    }

    private static String request(String command) {
        String[] words = command.replace("''", "").split(" ", -1);
        return "*" + words.length + "\r\n"
                + Arrays.stream(words)
                        .map(word -> "$" + word.length() + "\r\n" + word + "\r\n")
                        .collect(Collectors.joining());
    }

    private static String fromRedis(Process redis, int port) throws Exception {
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(TIMEOUT_MILLIS);
                socket.getOutputStream().write(requests());
                socket.shutdownOutput();
                InputStream input = socket.getInputStream();
                return new String(input.readAllBytes(), ISO_8859_1);
            } catch (ConnectException e) {
                // It isn't listening yet.
                if (!redis.isAlive() || System.nanoTime() > deadlineNanos) {
                    throw e;
                }
                redis.waitFor(10, TimeUnit.MILLISECONDS);
            }
        }
    }

    private static String fromOurs() {
        ByteArrayOutputStream replies = new ByteArrayOutputStream();
        Transport transport = (Transport) Proxy.newProxyInstance(
                RedisComparisonTest.class.getClassLoader(),
                new Class<?>[] {Transport.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("write")) {
                        ByteBuffer data = arguments[0] instanceof ByteBuffer buffer
                                ? buffer
                                : ByteBuffer.wrap((byte[]) arguments[0]);
                        byte[] bytes = new byte[data.remaining()];
                        data.get(bytes);
                        replies.writeBytes(bytes);
                    }
                    Class<?> type = method.getReturnType();
                    return type == long.class ? (Object) 0L : type == boolean.class ? (Object) false : null;
                });
        MemoryLimit memory = new MemoryLimit(0);
        RespProtocol protocol =
                new RespProtocol(new ManualTime(), new Commands(new Keyspace(System::nanoTime, memory), memory));
        protocol.makeConnection(transport);
        protocol.dataReceived(ByteBuffer.wrap(requests()));
        return replies.toString(ISO_8859_1);
    }
}
