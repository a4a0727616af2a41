// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.posix.NativeAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** The numbers that are open in this process and what they lead to: equal before and after what leaks nothing. */
public record OpenFds(Map<Integer, String> targets) {
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

    /** Whether the number is open. */
    public static boolean isOpen(int fd) {
        return NativeAccess.libc().fcntl(fd, io.fdreactor.posix.libc.Linux.F_GETFD, 0) >= 0;
    }

    private static String target(Path number) {
        try {
            return Files.readSymbolicLink(number).toString();
        } catch (IOException e) {
            return ""; // the directory stream's own
        }
    }
}
