// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fdreactor.Capability;
import io.fdreactor.DescriptorIO;
import io.fdreactor.Reactor;
import io.fdreactor.examples.command.CommandFailed;
import io.fdreactor.examples.command.ReactorsOption;
import io.fdreactor.group.ReactorGroup;
import io.fdreactor.selection.Reactors;
import io.fdreactor.selection.SelectionReport.Candidate;
import io.fdreactor.selection.SelectionReport.Status;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what arrives on standard input, FIFOs, terminals and files. */
@Command(
        name = "watch",
        description = {
            "Prints what arrives on any mix of standard input, FIFOs, terminals and files.",
            "Each line stands behind the name of its source. A FIFO whose writer has closed waits for the next one,"
                    + " until Ctrl-C or SIGTERM; all else ends, and says so."
        })
final class WatchCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "PATH|-",
            defaultValue = "-",
            description = "What to watch; - is standard input (default: ${DEFAULT-VALUE}).")
    private List<String> names = List.of();

    @Option(names = "--once", description = "Let a FIFO end when its writer has closed.")
    private boolean once;

    @Mixin
    private final ReactorsOption reactors = new ReactorsOption();

    /** For the command line's parser. */
    WatchCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        try (ReactorGroup group = reactors.open("watch")) {
            Reactor reactor = group.next();
            DescriptorIO io = reactor.facet(DescriptorIO.class).orElseThrow(() -> unfit(reactor.backend()));
            // Not System.out, which may be set to an encoding that can't express the input.
            PrintStream out =
                    new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, UTF_8);
            return new Watcher(group, io, out).run(names, once) ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private static CommandFailed unfit(String backend) {
        String others = Reactors.report().candidates().stream()
                .filter(candidate -> candidate.status() == Status.AVAILABLE)
                .filter(candidate -> candidate.capabilities().contains(Capability.DESCRIPTOR_IO))
                .map(Candidate::id)
                .collect(Collectors.joining(", "));
        return new CommandFailed(
                ExitCode.USAGE,
                "backend [" + backend + "] watches sockets only; "
                        + (others.isEmpty()
                                ? "no backend that is available here watches other descriptors (see: backends)"
                                : "choose one that watches every descriptor: " + others));
    }
}
