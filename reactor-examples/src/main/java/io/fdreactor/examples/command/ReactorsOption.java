// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.command;

import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.selection.Reactors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Opens the reactor that a command runs on: on the backend that its user names, or on the best there is. */
public final class BackendOption {
    @Option(
            names = "--backend",
            paramLabel = "ID",
            description = "The backend to run on. Without it: the system property fdreactor.backend, else the"
                    + " environment variable FDREACTOR_BACKEND, else the best there is.")
    private @Nullable String id;

    /** For the command line's parser. */
    public BackendOption() {}

    /** A reactor that SIGTERM and Ctrl-C stop in order. */
    public Reactor open(String name) {
        ReactorConfig config =
                ReactorConfig.builder().name(name).stopOnJvmShutdown(true).build();
        return id == null ? Reactors.open(config) : Reactors.open(id, config);
    }

    /** Why it is that backend. */
    public String why() {
        return id == null ? Reactors.report().why() : "asked for by --backend";
    }
}
