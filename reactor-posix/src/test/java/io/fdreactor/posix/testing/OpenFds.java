// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The numbers that are open in this process and what they lead to: equal before and after what leaks nothing. */
public record OpenFds(Map<Integer, String> targets) {
    static {
        // With its first channel or socket the JVM opens a pair of sockets, of which it keeps one.
        try {
            SocketChannel.open().close();
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** As of now, without files of jars and modules, which the JVM opens when it likes. */
    public static OpenFds now() {
        Map<Integer, String> targets = new TreeMap<>();
        try (var numbers = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path number : numbers) {
                String target = target(number);
                if (!target.isEmpty() && !target.startsWith("/")) {
                    targets.put(Integer.valueOf(number.getFileName().toString()), target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new OpenFds(targets);
    }

    /** Fails unless the same numbers lead to the same things now. */
    public void assertUnchanged() {
        assertThat(now().targets).isEqualTo(targets);
    }

    private static String target(Path number) {
        try {
            return Files.readSymbolicLink(number).toString();
        } catch (IOException e) {
            return ""; // the directory stream's own
        }
    }
}
