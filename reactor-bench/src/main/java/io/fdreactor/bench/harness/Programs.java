// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of this machine that benches use if they are there. */
public final class Programs {
    private Programs() {}

    /** Where the PATH has a program of this name. */
    public static Optional<Path> find(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Where it is; without it, prints what is left out for that, and how to have it.
     *
     * @param leftOut such as {@code "the http cells"}
     * @param debian the package of Debian and Ubuntu that has it
     */
    public static Optional<Path> findOrExplain(String name, String leftOut, String debian) {
        Optional<Path> program = find(name);
        if (program.isEmpty()) {
            System.out.println("left out: " + leftOut + ", for there is no [" + name + "] on the PATH"
                    + " (Debian, Ubuntu: apt-get install " + debian + ")");
        }
        return program;
    }

    /** The first line that a program prints, whatever its exit status: with the right option, its version. */
    public static String firstLine(Path program, String... arguments) throws IOException {
        List<String> command = Stream.concat(Stream.of(program.toString()), Stream.of(arguments))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return said.lines().findFirst().orElse("");
    }
}
