// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.examples.ManualTime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaticFilesTest {
    @TempDir
    Path directory;

    @BeforeEach
    void makeFiles() throws IOException {
        Path root = Files.createDirectories(directory.resolve("root/sub")).getParent();
        Files.writeString(directory.resolve("secret.txt"), "secret");
        Files.writeString(root.resolve("a b.txt"), "text");
        Files.writeString(root.resolve("index.html"), "index");
        Files.writeString(root.resolve(".hid"), "hidden");
        Files.writeString(Files.createDirectory(root.resolve("dir")).resolve("index.html"), "dir");
        // In bytes, for the encoding of names may be ASCII's.
        Files.writeString(Path.of(URI.create(root.toUri() + "gr%C3%BC%C3%9Fe.txt")), "hi");
        Files.write(root.resolve("large"), new byte[100_000]);
        Files.writeString(root.resolve("empty"), "");
        Files.createSymbolicLink(root.resolve("in.html"), root.resolve("index.html"));
        Files.createSymbolicLink(root.resolve("out.txt"), directory.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("up"), directory);
        Files.createSymbolicLink(root.resolve("sub/index.html"), directory.resolve("secret.txt"));
    }

    @ParameterizedTest
    @CsvSource({
        "/, 200, text/html; charset=utf-8, index",
        "/index.html?x=../y, 200, text/html; charset=utf-8, index",
        "/sub/../a%20b.txt, 200, text/plain; charset=utf-8, text",
        "/in.html, 200, text/html; charset=utf-8, index",
        "/empty, 200, application/octet-stream, ''",
        "/nope, 404, text/plain, 'no such file\n'",
        "/hid, 404, text/plain, 'no such file\n'",
        "/index.html/, 404, text/plain, 'no such file\n'",
        "/dir/, 200, text/html; charset=utf-8, dir",
        "/./dir//../dir/, 200, text/html; charset=utf-8, dir",
        "/gr%C3%BC%C3%9Fe.txt, 200, text/plain; charset=utf-8, hi",
        "/a%2fb, 404, text/plain, 'no such file\n'",
        "/sub, 404, text/plain, 'no such file\n'",
        "/out.txt, 404, text/plain, 'no such file\n'",
        "/up/secret.txt, 404, text/plain, 'no such file\n'",
        "/../secret.txt, 404, text/plain, 'no such file\n'",
        "/%2e%2e/secret.txt, 404, text/plain, 'no such file\n'",
        "/..%2fsecret.txt, 404, text/plain, 'no such file\n'",
        "//etc/hostname, 404, text/plain, 'no such file\n'",
        "/%2fetc%2fhostname, 404, text/plain, 'no such file\n'",
        "/a%00, 404, text/plain, 'no such file\n'",
    })
    void aFileIsServedFromUnderTheRootAlone(String target, int status, String type, String body) throws IOException {
        StaticFiles files = new StaticFiles(directory.resolve("root"));
        for (String method : new String[] {"GET", "HEAD"}) {
            MemoryConnection connection =
                    new MemoryConnection(new HttpProtocol(new ManualTime(), new Responses(), files));
            connection.receive(method + " " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(connection.sent()).startsWith("HTTP/1.1 " + status + " ");
            assertThat(connection.sent().replace("\r\n", "\n"))
                    .endsWith("\nContent-Type: " + type + "\nContent-Length: " + body.length() + "\n\n"
                            + (method.equals("GET") ? body : ""));
        }
    }

    private MemoryConnection serve() throws IOException {
        StaticFiles files = new StaticFiles(directory.resolve("root"));
        return new MemoryConnection(new HttpProtocol(new ManualTime(), new Responses(), files));
    }

    /** Without the slash, a relative link in the index would lead elsewhere; with two, the redirect to another host. */
    @ParameterizedTest
    @CsvSource({"/dir, /dir/", "/dir?q|, /dir/?q|", "//dir, /dir/", "/%64ir, /dir/"})
    void aDirectoryIsRedirectedToItsSlash(String target, String location) throws IOException {
        MemoryConnection connection = serve();
        connection.receive("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(connection.sent()).startsWith("HTTP/1.1 301 ").contains("\r\nLocation: " + location + "\r\n");
    }

    @Test
    void aClientHasOneFileOpenHoweverMuchItAsksFor() throws IOException {
        MemoryConnection connection = serve();
        connection.keepsFilesOpen = true;
        connection.receive("GET /large HTTP/1.1\r\nHost: x\r\n\r\n".repeat(500));
        for (int i = 1; i < 500; i++) {
            assertThat(connection.openFiles()).isOne();
            assertThat(connection.isPaused()).isTrue();
            connection.fileSent();
        }
        connection.fileSent();
        assertThat(connection.openFiles()).isZero();
        assertThat(connection.isPaused()).isFalse();
        assertThat(connection.sent().split("HTTP/1.1 200 OK", -1)).hasSize(501);
    }

    @Test
    void aSmallFileIsNotHeldOpen() throws IOException {
        MemoryConnection connection = serve();
        connection.keepsFilesOpen = true;
        connection.receive("GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(500));
        assertThat(connection.openFiles()).isZero();
        assertThat(connection.sent().split("HTTP/1.1 200 OK", -1)).hasSize(501);
    }
}
