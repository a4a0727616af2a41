// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.command;

import io.fdreactor.ReactorConfig;
import io.fdreactor.group.ReactorGroup;
import io.fdreactor.selection.Reactors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Opens the reactors that a command runs on: as many as its user wants, on the backend that he names or the best. */
public final class ReactorsOption {
    @Option(
            names = "--backend",
            paramLabel = "ID",
            description = "The backend to run on. Without it: the system property fdreactor.backend, else the"
                    + " environment variable FDREACTOR_BACKEND, else the best there is.")
    private @Nullable String id;

    @Option(
            names = "--reactors",
            paramLabel = "N",
            description = "How many reactors share the work, each on a thread of its own (default: ${DEFAULT-VALUE}).")
    private int count = 1;

    /** For the command line's parser. */
    public ReactorsOption() {}

    /** Reactors that run, and that SIGTERM and Ctrl-C stop in order. */
    public ReactorGroup open(String name) {
        if (count < 1) {
            throw new CommandFailed(ExitCode.USAGE, "--reactors is 1 at least, not [" + count + "]");
        }
        ReactorConfig config =
                ReactorConfig.builder().name(name).stopOnJvmShutdown(true).build();
        return id == null ? ReactorGroup.open(count, config) : ReactorGroup.open(count, id, config);
    }

    /** Why it is that backend. */
    public String why() {
        return id == null ? Reactors.report().why() : "asked for by --backend";
    }
}
