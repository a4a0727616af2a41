// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench;

import io.fdreactor.bench.harness.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The command line as it is where the PATH has no programs at all. */
public final class BareMachine {
    private BareMachine() {}

    /** Runs a bench: what it prints, and its exit status in the last line. */
    public static String run(String bench, Path directory) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        ChildJvm.command(List.of(), Main.class, bench, "--dir", directory.toString()))
                .redirectErrorStream(true);
        builder.environment().put("PATH", directory.toString());
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return said + "exit status " + process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }
}
