// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.programs;

import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.context.Leaks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process that makes providers, asks them for their constants, and says what traces that has left: libraries,
 * descriptors, threads. It makes so many that its parent loses patience if one is costly.
 */
public final class ProviderProgram {
    /** Before each line that counts. */
    public static final String MARK = "provider: ";

    /** The last line, and the only one that counts if all is well. */
    public static final String DONE = MARK + "done";

    /** Said where it can't be found out. */
    public static final String NO_TRACES = "this system doesn't tell what a process has mapped";

    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final int MANY = 1000;

    private ProviderProgram() {}

    /**
     * @param arguments the provider's class
     */
    public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
        if (!Files.isReadable(MAPS)) {
            System.out.println(NO_TRACES);
            return;
        }
        Set<String> before = traces();
        make(arguments[0]);
        Set<String> after = traces();
        after.removeAll(before);
        after.forEach(trace -> System.out.println(MARK + trace));
        System.out.println(DONE);
        System.exit(0);
    }

    private static void make(String type) throws ReflectiveOperationException {
        for (int i = 0; i < MANY; i++) {
            ReactorProvider provider =
                    (ReactorProvider) Class.forName(type).getConstructor().newInstance();
            provider.id();
            provider.priority();
            provider.capabilities();
        }
    }

    private static Set<String> traces() throws IOException {
        Set<String> traces = libraries();
        Leaks.openFiles().forEach((number, file) -> traces.add("descriptor " + number + " of " + file));
        Thread.getAllStackTraces().keySet().forEach(thread -> traces.add("thread " + thread.getName()));
        return traces;
    }

    /** Files mapped to be executed, without the JDK's own. */
    private static Set<String> libraries() throws IOException {
        try (Stream<String> lines = Files.lines(MAPS)) {
            return lines.filter(line -> line.matches("\\S+ \\S\\Sx\\S .*/.*"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .filter(library -> !library.startsWith(System.getProperty("java.home")))
                    .map(library -> "library " + library)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
