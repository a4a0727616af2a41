// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import io.fdreactor.spi.ReactorProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process that makes a provider, asks it for its constants, and says which libraries that has loaded. */
final class ProviderProgram {
    /** Before each line that counts. */
    static final String MARK = "provider: ";

    /** The last line, and the only one that counts if all is well. */
    static final String DONE = MARK + "done";

    /** Said where it can't be found out. */
    static final String NO_MAPS = "this system doesn't tell what a process has mapped";

    private static final Path MAPS = Path.of("/proc/self/maps");

    private ProviderProgram() {}

    /**
     * @param arguments the provider's class
     */
    public static void main(String[] arguments) throws ReflectiveOperationException, IOException {
        if (!Files.isReadable(MAPS)) {
            System.out.println(NO_MAPS);
            return;
        }
        Set<String> before = libraries();
        ReactorProvider provider =
                (ReactorProvider) Class.forName(arguments[0]).getConstructor().newInstance();
        for (int i = 0; i < 1000; i++) {
            provider.id();
            provider.priority();
            provider.capabilities();
        }
        Set<String> loaded = libraries();
        loaded.removeAll(before);
        loaded.removeIf(library -> library.startsWith(System.getProperty("java.home")));
        loaded.forEach(library -> System.out.println(MARK + library));
        System.out.println(DONE);
    }

    /** Files mapped to be executed. */
    private static Set<String> libraries() throws IOException {
        try (Stream<String> lines = Files.lines(MAPS)) {
            return lines.filter(line -> line.matches("\\S+ \\S\\Sx\\S .*/.*"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
