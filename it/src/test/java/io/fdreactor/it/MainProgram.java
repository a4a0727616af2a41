// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A main class of these tests that knows nothing but packaged jars, run on those in JVMs of its own. */
final class MainProgram {
    private final Path directory;
    private final Class<?> main;

    /** How a JVM ended, and all that it said. */
    record Outcome(int status, String output) {}

    /**
     * @param directory for what is made on the way
     */
    MainProgram(Path directory, Class<?> main) {
        this.directory = directory;
        this.main = main;
    }

    Outcome onClassPath(Stream<Path> jars, Map<String, String> environment, String... options)
            throws IOException, InterruptedException, URISyntaxException {
        Path tests =
                Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> arguments = new ArrayList<>(List.of(options));
        if (Stream.of(options).noneMatch(option -> option.contains("native-access"))) {
            arguments.addAll(Command.nativeAccess("ALL-UNNAMED"));
        }
        arguments.addAll(List.of("-cp", path(Stream.concat(jars, Stream.of(tests))), main.getName()));
        return java(environment, arguments);
    }

    /** With a module around the main class that requires this one; service binding brings the rest. */
    Outcome onModulePath(List<Path> jars, String required, List<String> options)
            throws IOException, InterruptedException {
        Path module = module(jars, required);
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of(
                "--module-path",
                path(jars.stream()) + File.pathSeparator + module,
                "--module",
                "app/" + main.getName()));
        return java(Map.of(), arguments);
    }

    /** The module {@code app}, compiled: the main class and this requirement. */
    Path module(List<Path> jars, String required) throws IOException {
        Path source = directory.resolve("source");
        Path module = directory.resolve("module");
        String file = main.getName().replace('.', '/') + ".java";
        Path copy = source.resolve(file);
        Files.createDirectories(copy.getParent());
        Files.copy(Jars.ROOT.resolve("it/src/test/java").resolve(file), copy, StandardCopyOption.REPLACE_EXISTING);
        Path descriptor = Files.writeString(
                source.resolve("module-info.java"), "module app { requires %s; }".formatted(required));
        int compiled = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--module-path",
                        path(jars.stream()),
                        "-d",
                        module.toString(),
                        descriptor.toString(),
                        copy.toString());
        assertThat(compiled).isZero();
        return module;
    }

    /** By a launcher other than this JVM's own, such as one that jlink has made. */
    Outcome run(ProcessBuilder builder) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        return new Outcome(Command.run(builder, output), Files.readString(output));
    }

    private static String path(Stream<Path> jars) {
        return jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private Outcome java(Map<String, String> environment, List<String> arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder = Command.java(arguments);
        builder.environment().putAll(environment);
        return run(builder);
    }
}
