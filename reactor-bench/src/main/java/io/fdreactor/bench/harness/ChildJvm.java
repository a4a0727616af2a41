// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that runs a class of this class path on a JVM like this one. */
public final class ChildJvm {
    private ChildJvm() {}

    /**
     * Such a command, for {@link Child#start}.
     *
     * @param options such as {@code -Dfdreactor.libc=jna}
     */
    public static List<String> command(List<String> options, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (hasForeign()) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(options);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return command;
    }

    /** The bindings of libc that a JVM like this one can have, as {@code fdreactor.libc} names them. */
    public static List<String> bindings() {
        return hasForeign() ? List.of("jna", "ffm") : List.of("jna");
    }

    /** Whether a JVM like this one has java.lang.foreign in its final form. */
    public static boolean hasForeign() {
        return Runtime.version().feature() >= 22;
    }
}
