// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Other programs, run to their end. What this process's own surroundings ask of a JVM isn't meant for them. */
final class Command {
    private static final List<String> NOT_INHERITED =
            List.of("FDREACTOR_BACKEND", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

    private Command() {}

    static ProcessBuilder of(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(NOT_INHERITED);
        return builder;
    }

    /** The JVM that this is, with these arguments. */
    static ProcessBuilder java(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        return of(command);
    }

    /** The option that spares the output Java's warning, where there is one. */
    static List<String> nativeAccess(String module) {
        return Runtime.version().feature() >= 22 ? List.of("--enable-native-access=" + module) : List.of();
    }

    /** Answers the exit status; all that was printed is in the file then. Leaves nothing running. */
    static int run(ProcessBuilder builder, Path output) throws IOException, InterruptedException {
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            return process.waitFor();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
