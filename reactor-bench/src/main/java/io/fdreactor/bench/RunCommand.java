// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench;

import io.fdreactor.bench.harness.Bench;
import io.fdreactor.bench.harness.Figures;
import io.fdreactor.bench.harness.Settings;
import io.fdreactor.bench.harness.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs benches, one after the other, and prints a table of each. One that fails doesn't keep the next from running. */
@Command(mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    private final List<Bench> benches;

    @Option(names = "--long", description = "Take the time that steady figures need.")
    private boolean longer;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "target/bench",
            description = "Where figures are kept, those of several runs together (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of("");

    private RunCommand(List<Bench> benches) {
        this.benches = benches;
    }

    static CommandLine line(String description, List<Bench> benches) {
        CommandLine line = new CommandLine(new RunCommand(benches));
        line.getCommandSpec().usageMessage().description(description);
        return line;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = new Settings(longer ? Settings.Length.LONG : Settings.Length.SHORT, directory);
        int status = CommandLine.ExitCode.OK;
        for (Bench bench : benches) {
            System.out.printf("== %s: %s%n", bench.name(), bench.description());
            Figures figures = Figures.in(directory);
            try {
                bench.run(settings, figures);
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                System.out.println("failed: " + bench.name() + ", " + e);
                status = CommandLine.ExitCode.SOFTWARE;
            }
            Table.of(figures.added()).forEach(table -> System.out.printf("%n%s", table.toText()));
            System.out.println();
        }
        return status;
    }
}
