// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.cli;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a user has brought with {@code --classpath}. Some rules start JVMs with this one's class path, so it doesn't do
 * to load it beside: the program starts itself once more, with all of it.
 */
final class ExtraClassPath {
    private static final String NATIVE_ACCESS = "--enable-native-access";

    /** The first JVM that knows {@link #NATIVE_ACCESS} as it is now, and one day refuses to work without. */
    private static final int NATIVE_ACCESS_SINCE = 22;

    private final List<Path> entries;

    /** @throws CouldNotTell if one of them isn't there */
    ExtraClassPath(@Nullable String classPath) {
        entries = classPath == null ? List.of() : split(classPath);
        for (Path entry : entries) {
            if (!Files.isReadable(entry)) {
                throw new CouldNotTell("[" + entry + "] in --classpath isn't there, or can't be read: name jars and"
                        + " directories, with [" + File.pathSeparator + "] between them");
            }
        }
    }

    private static List<Path> split(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.isBlank())
                .map(entry -> Path.of(entry).toAbsolutePath().normalize())
                .toList();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whether something comes from here. */
    boolean contains(@Nullable String location) {
        return location != null
                && entries.contains(Path.of(location).toAbsolutePath().normalize());
    }

    /** Whether this JVM has all of it on its class path. */
    boolean isInPlace() {
        return split(System.getProperty("java.class.path")).containsAll(entries);
    }

    /**
     * Runs a program in a JVM like this one, but for its class path, with this one's input and output.
     *
     * @return its exit status
     */
    int runWithIt(Class<?> main, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments();
        command.addAll(options);
        // The manifest that grants it is heeded with -jar only.
        if (Runtime.version().feature() >= NATIVE_ACCESS_SINCE
                && options.stream().noneMatch(option -> option.startsWith(NATIVE_ACCESS))) {
            command.add(NATIVE_ACCESS + "=ALL-UNNAMED");
        }
        Stream<Path> all = Stream.concat(split(System.getProperty("java.class.path")).stream(), entries.stream());
        command.addAll(List.of("-cp", all.map(Path::toString).collect(Collectors.joining(File.pathSeparator))));
        command.add(main.getName());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return process.waitFor();
    }

    @Override
    public String toString() {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
