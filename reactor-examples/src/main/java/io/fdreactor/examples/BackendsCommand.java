// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples;

import io.fdreactor.selection.Reactors;
import io.fdreactor.selection.SelectionReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Prints the selection report. */
@Command(
        name = "backends",
        description = {
            "Lists the backends, and says which one is chosen and why.",
            "Exits with 0 if one is chosen, with 1 if none can be."
        })
final class BackendsCommand implements Callable<Integer> {
    /** For the command line's parser. */
    BackendsCommand() {}

    @Override
    public Integer call() {
        SelectionReport report = Reactors.report();
        System.out.println(report);
        return report.winner() == null ? ExitCode.SOFTWARE : ExitCode.OK;
    }
}
