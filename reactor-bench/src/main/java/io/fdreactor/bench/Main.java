// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench;

import io.fdreactor.bench.calls.Calls;
import io.fdreactor.bench.cost.Cost;
import io.fdreactor.bench.dispatch.Dispatch;
import io.fdreactor.bench.echo.Echo;
import io.fdreactor.bench.echo.EchoCalls;
import io.fdreactor.bench.fdset.FdSet;
import io.fdreactor.bench.harness.Bench;
import io.fdreactor.bench.idle.Idle;
import io.fdreactor.bench.protocols.Protocols;
import io.fdreactor.bench.protocols.ReactorCounts;
import io.fdreactor.bench.report.Report;
import io.fdreactor.bench.timers.Timers;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: a subcommand for each bench, one for all of them, and one that reports. */
@Command(
        name = "fdreactor-bench",
        description = "Measures fdreactor beside other event loops.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    /** In the order in which {@code all} runs them. */
    static final List<Bench> BENCHES = List.of(
            new FdSet(),
            new Echo(),
            new EchoCalls(),
            new Protocols(),
            new ReactorCounts(),
            new Timers(),
            new Calls(),
            new Dispatch(),
            new Cost(),
            new Idle());

    /** For the command line's parser. */
    Main() {}

    /** Runs the command that is named first, and exits with its status. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new Main());
        line.addSubcommand("all", RunCommand.line("Runs every bench, one after the other.", BENCHES));
        BENCHES.forEach(
                bench -> line.addSubcommand(bench.name(), RunCommand.line(bench.description(), List.of(bench))));
        line.addSubcommand(new Report());
        System.exit(line.execute(args));
    }
}
