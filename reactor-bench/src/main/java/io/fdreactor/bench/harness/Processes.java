// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * The processes that this JVM has started and that are to end with it, also when it is told to terminate. Once that has
 * begun none is started any more: one that nobody ends could go on for ever, as redis-benchmark does without its server.
 */
final class Processes {
    private static final Set<Process> LIVE = new HashSet<>();
    private static boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Processes::end));
    }

    private Processes() {}

    /** @throws IOException also if this JVM is ending */
    static synchronized Process start(ProcessBuilder builder) throws IOException {
        if (ending) {
            throw new IOException("this JVM is ending");
        }
        Process process = builder.start();
        LIVE.add(process);
        return process;
    }

    /** It has ended. */
    static synchronized void forget(Process process) {
        LIVE.remove(process);
    }

    private static synchronized void end() {
        ending = true;
        LIVE.forEach(Process::destroyForcibly);
    }
}
