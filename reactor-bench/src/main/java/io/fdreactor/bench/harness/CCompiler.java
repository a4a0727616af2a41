// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes the C contenders: sources are resources of this jar, under {@code native/}, and are compiled where the figures
 * go. Without a compiler, or without a library's headers, a contender is left out.
 */
public final class CCompiler {
    /** These come along with every source. */
    private static final List<String> HEADERS = List.of("bench.h", "fdset.h", "latency.h");

    private final Path directory;

    /** Programs go to a directory {@code native} in this one. */
    public CCompiler(Path directory) {
        this.directory = directory.resolve("native");
    }

    /**
     * Compiles a program, or prints why not.
     *
     * @param source such as {@code "echo.c"}; the program's name is the same without the ending
     * @param options beyond {@code -O2}, libraries for one; they come last
     */
    public Optional<Path> compile(String source, String... options) throws IOException, InterruptedException {
        Optional<Path> compiler = compiler();
        if (compiler.isEmpty()) {
            System.out.println("left out: [" + source + "], for there is no cc, gcc or clang on the PATH");
            return Optional.empty();
        }
        Files.createDirectories(directory);
        for (String header : HEADERS) {
            unpack(header);
        }
        Path program = directory.resolve(source.replaceFirst("\\.c$", ""));
        List<String> command = new ArrayList<>(List.of(
                compiler.get().toString(),
                "-O2",
                "-o",
                program.toString(),
                unpack(source).toString()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            System.out.println("left out: [" + source + "] does not compile here: "
                    + said.lines().findFirst().orElse("the compiler does not say why"));
            return Optional.empty();
        }
        return Optional.of(program);
    }

    private Path unpack(String name) throws IOException {
        try (InputStream resource = CCompiler.class.getResourceAsStream("/native/" + name)) {
            if (resource == null) {
                throw new IllegalArgumentException("no such source among the resources: [native/" + name + "]");
            }
            Path file = directory.resolve(name);
            Files.copy(resource, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        }
    }

    private static Optional<Path> compiler() {
        return Stream.of("cc", "gcc", "clang")
                .flatMap(name -> Programs.find(name).stream())
                .findFirst();
    }
}
