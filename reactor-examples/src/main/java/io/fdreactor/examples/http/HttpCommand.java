// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.http;

import io.fdreactor.examples.command.CommandFailed;
import io.fdreactor.examples.command.Printable;
import io.fdreactor.examples.command.ServerOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves {@link HttpProtocol} until it is told to end. */
@Command(
        name = "http",
        description = {
            "Serves files by HTTP/1.1, until Ctrl-C or SIGTERM. POST /echo sends back what comes.",
            "Without files, GET / says hello."
        })
public final class HttpCommand implements Callable<Integer> {
    @Mixin
    private final ServerOption server = new ServerOption("tcp:8080:interface=127.0.0.1");

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "The directory whose files are served: what is in it, and nothing that a link leads out to.")
    private @Nullable Path root;

    /** For the command line's parser. */
    public HttpCommand() {}

    @Override
    public Integer call() throws Exception {
        StaticFiles files = root == null ? null : filesIn(root);
        return server.serve("http", reactor -> {
            Responses responses = new Responses();
            return peer -> new HttpProtocol(reactor, responses, files);
        });
    }

    private static StaticFiles filesIn(Path root) {
        try {
            return new StaticFiles(root);
        } catch (IOException e) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "can't serve files from [" + Printable.text(root.toString()) + "]: there is no such directory");
        }
    }
}
