// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpIT {
    private static final int PATIENCE_MILLIS = 60_000;

    @TempDir
    Path directory;

    private final byte[] bytes = new byte[3_000_000];

    @BeforeEach
    void makeFiles() throws IOException {
        new Random(4).nextBytes(bytes);
        Files.write(Files.createDirectory(directory.resolve("root")).resolve("file"), bytes);
        Files.writeString(directory.resolve("secret"), "secret");
    }

    private Program serve(String backend) throws IOException {
        return serve(backend, 1);
    }

    private Program serve(String backend, int reactors) throws IOException {
        String root = directory.resolve("root").toString();
        String count = Integer.toString(reactors);
        return Program.example(
                "http", "tcp:0:interface=127.0.0.1", "--root", root, "--backend", backend, "--reactors", count);
    }

    private static String addressOf(Program http) throws InterruptedException {
        return http.await("listening: ").substring("listening: ".length());
    }

    /** What comes back for this until the server's end. */
    private static String answerTo(String address, String request) throws IOException {
        int colon = address.lastIndexOf(':');
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "poll", "select"})
    void aStrangersClientGetsFilesAndEchoesAndSigtermEndsIt(String backend) throws Exception {
        try (Program http = serve(backend)) {
            assertThat(http.await("backend: ")).isEqualTo("backend: " + backend);
            String address = addressOf(http);
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + address + "/file"));
            for (int i = 0; i < 3; i++) {
                HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.body()).isEqualTo(bytes);
            }
            HttpRequest echo = HttpRequest.newBuilder(URI.create("http://" + address + "/echo"))
                    .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                    .build();
            assertThat(client.send(echo, BodyHandlers.ofByteArray()).body()).isEqualTo(bytes);
            http.terminate();
            assertThat(http.awaitExit()).isEqualTo(143);
            assertThat(http.output()).endsWith("shutting down\nbye").doesNotContain("WARNING");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "poll", "select"})
    void requestsThatDoNotWaitAreAnsweredInOrder(String backend) throws Exception {
        try (Program http = serve(backend)) {
            String request = "HEAD /file HTTP/1.1\r\nHost: x\r\n\r\nGET /%2e%2e/secret HTTP/1.1\r\nHost: x\r\n\r\n";
            String last = "GET /file HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
            String answer = answerTo(addressOf(http), request.repeat(100) + last);
            assertThat(answer).endsWith(new String(bytes, ISO_8859_1)).doesNotContain("secret");
            String heads = answer.substring(0, answer.length() - bytes.length);
            assertThat(heads.lines()
                            .filter(line -> line.startsWith("HTTP/1.1 "))
                            .map(line -> line.substring(9, 12)))
                    .containsExactlyElementsOf(Stream.concat(
                                    Collections.nCopies(100, List.of("200", "404")).stream()
                                            .flatMap(List::stream),
                                    Stream.of("200"))
                            .toList());
        }
    }

    /** Also shows that the answer isn't lost to a reset, although not all was read that came. */
    @ParameterizedTest
    @ValueSource(strings = {"epoll", "poll", "select"})
    void whatIsTooMuchIsAnsweredAndTheConnectionClosed(String backend) throws Exception {
        try (Program http = serve(backend)) {
            String address = addressOf(http);
            String field = "X: " + "x".repeat(7000) + "\r\n";
            assertThat(answerTo(address, "GET / HTTP/1.1\r\nHost: x\r\n" + field.repeat(50)))
                    .startsWith("HTTP/1.1 431 ");
            assertThat(answerTo(address, "GET /" + "x".repeat(500_000))).startsWith("HTTP/1.1 414 ");
            assertThat(answerTo(address, "nonsense\r\n" + "x".repeat(500_000))).startsWith("HTTP/1.1 400 ");
        }
    }

    /** Under 100 descriptors, and with names that the locale's encoding has no characters for. */
    @Test
    void requestsForFilesDoNotUseUpTheDescriptors() throws Exception {
        String root = directory.resolve("root").toString();
        Files.writeString(Path.of(URI.create(directory.resolve("root").toUri() + "%C3%BC")), "small");
        ProcessBuilder builder = Program.command(List.of(), "http", "tcp:0", "--root", root, "--backend", "epoll");
        builder.command().addAll(0, List.of("sh", "-c", "ulimit -n 100; exec \"$@\"", "sh"));
        builder.environment().put("LC_ALL", "C");
        try (Program http = Program.start(builder)) {
            String address = addressOf(http);
            assertThat(address).startsWith("127.0.0.1:");
            String fields = " HTTP/1.1\r\nHost: x\r\n";
            String small = "GET /%C3%BC" + fields + "\r\n";
            String last = "GET /%C3%BC" + fields + "Connection: close\r\n\r\n";
            assertThat(answerTo(address, small.repeat(500) + last).split("small", -1))
                    .hasSize(502);
            String large = "HEAD /file" + fields + "\r\n" + "GET /file" + fields + "\r\n";
            assertThat(answerTo(address, large.repeat(20) + last)).endsWith("small");
        }
    }

    @ParameterizedTest
    @CsvSource({"epoll, 1", "poll, 1", "select, 1", "epoll, 2", "poll, 2", "select, 2"})
    void ourClientFetchesOverConnectionsThatAreKept(String backend, int reactors) throws Exception {
        try (Program http = serve(backend, reactors)) {
            String url = "http://" + addressOf(http);
            String count = Integer.toString(reactors);
            try (Program client = Program.example(
                    "http-client",
                    "--backend",
                    backend,
                    "--reactors",
                    count,
                    "-n",
                    "50",
                    "-c",
                    "3",
                    url + "/file",
                    url + "/file?again")) {
                assertThat(client.awaitExit()).isZero();
                assertThat(client.output())
                        .contains("200  " + bytes.length + " bytes  ", "total: 100 of 100 fetched, 300000000 bytes, ");
            }
            try (Program client = Program.example("http-client", "--reactors", count, url + "/nope", url + "/file")) {
                assertThat(client.awaitExit()).isEqualTo(1);
                assertThat(client.output()).contains("404  ", "total: 1 of 2 fetched, ");
            }
        }
    }

    @Test
    void whatIsNoUrlOrDirectoryIsAMistakeInUse() throws Exception {
        try (Program client = Program.example("http-client", "https://example.org/");
                Program http = Program.example(
                        "http", "--root", directory.resolve("secret").toString())) {
            assertThat(client.awaitExit()).isEqualTo(2);
            assertThat(client.output()).isEqualTo("error: [https://example.org/] is not http://HOST[:PORT]/PATH");
            assertThat(http.awaitExit()).isEqualTo(2);
            assertThat(http.output())
                    .startsWith("error: can't serve files from [")
                    .endsWith("no such directory");
        }
    }
}
