// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where the contract was run.
 *
 * @param jdk the version and the maker of the JVM
 * @param os the operating system's name
 * @param kernel its version
 * @param architecture as Java calls it: {@code "amd64"}
 * @param processors those that this JVM may use
 * @param openFiles how many files this process may have open, {@code RLIMIT_NOFILE} in getrlimit(2); 0 if unknown
 */
public record Platform(String jdk, String os, String kernel, String architecture, int processors, int openFiles) {
    private static final Path LIMITS = Path.of("/proc/self/limits");

    /** This JVM on this machine. */
    public static Platform current() {
        return new Platform(
                Runtime.version() + " " + System.getProperty("java.vendor"),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                openFilesLimit());
    }

    private static int openFilesLimit() {
        if (!Files.isReadable(LIMITS)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(LIMITS)) {
            return lines.filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split(" +")[3])
                    .mapToInt(soft -> soft.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(soft))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public String toString() {
        return "Java " + jdk + ", " + os + " " + kernel + " " + architecture + ", " + processors + " processors, "
                + (openFiles == 0 ? "an unknown number of" : openFiles) + " open files";
    }
}
