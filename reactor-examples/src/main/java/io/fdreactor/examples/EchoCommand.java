// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples;

import io.fdreactor.examples.command.ServerOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Serves {@link Echo} until it is told to end. */
@Command(name = "echo", description = "Sends back what comes, until Ctrl-C or SIGTERM.")
final class EchoCommand implements Callable<Integer> {
    @Mixin
    private final ServerOption server = new ServerOption("tcp:8007:interface=127.0.0.1");

    /** For the command line's parser. */
    EchoCommand() {}

    @Override
    public Integer call() throws Exception {
        return server.serve("echo", reactor -> peer -> new Echo());
    }
}
