// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples;

import io.fdreactor.HasErrorCode;
import io.fdreactor.endpoints.InvalidEndpoint;
import io.fdreactor.examples.chat.ChatCommand;
import io.fdreactor.examples.command.CommandFailed;
import io.fdreactor.examples.command.Printable;
import io.fdreactor.examples.http.HttpClientCommand;
import io.fdreactor.examples.http.HttpCommand;
import io.fdreactor.examples.proxy.ProxyCommand;
import io.fdreactor.examples.resp.RespCommand;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/** The command line. What is wrong with a user's input or machine ends it with one message, not a stack trace. */
@Command(
        name = "fdreactor-examples",
        description = "Small programs that run on fdreactor.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            EchoCommand.class,
            ChatCommand.class,
            HttpCommand.class,
            ProxyCommand.class,
            HttpClientCommand.class,
            RespCommand.class,
            WatchCommand.class,
            BackendsCommand.class
        })
public final class Main {
    /** For the command line's parser. */
    Main() {}

    /** Runs the command that is named first, and exits with its status. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((thrown, command, parsed) -> report(thrown))
                .execute(args));
    }

    private static int report(Exception thrown) throws Exception {
        if (thrown instanceof CommandFailed || thrown instanceof HasErrorCode || thrown instanceof IOException) {
            System.err.println("error: " + Printable.lines(String.valueOf(thrown.getMessage())));
            if (thrown instanceof InvalidEndpoint) {
                return CommandLine.ExitCode.USAGE;
            }
            return thrown instanceof CommandFailed failed ? failed.status() : CommandLine.ExitCode.SOFTWARE;
        }
        throw thrown;
    }

    /** As the jar's manifest has it. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"fdreactor " + Main.class.getPackage().getImplementationVersion()};
        }
    }
}
