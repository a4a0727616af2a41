// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
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
}
