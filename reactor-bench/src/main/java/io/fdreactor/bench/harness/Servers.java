// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Servers that run side by side, each idle while another is measured. {@link #close} ends them all. */
public final class Servers implements AutoCloseable {
    private final List<Server> running = new ArrayList<>();

    /** Starts a class of this jar, on the servers' core. If that fails it is left out, with a printed reason. */
    public void start(Cores cores, String who, List<String> options, Class<?> main, String... arguments) {
        List<String> command = Tied.command(options, main, arguments);
        start(who, () -> Server.start(who, Figure.THIS_JDK, cores.forServer(command)));
    }

    /** Adds one. If it can't be started it is left out, with a printed reason. */
    public void start(String who, Start start) {
        try {
            running.add(start.start());
        } catch (IOException e) {
            System.out.println("left out: " + who + ", "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /** Those that are there, in the order in which they were started. */
    public List<Server> running() {
        return List.copyOf(running);
    }

    @Override
    public void close() throws IOException {
        for (Server server : running) {
            server.close();
        }
    }

    /** Starts a server. */
    public interface Start {
        /** It listens when this returns. */
        Server start() throws IOException;
    }
}
