// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the runs of the contract have left in their reports, and what {@code docs/conformance.md} says of it. Runs
 * behind them. With {@code -Dfdreactor.conformance=update} the page is changed, in the columns of the running JDK.
 */
@Tag("conformance")
class ConformanceIT {
    private static final Path PAGE = Jars.ROOT.resolve("docs/conformance.md");
    private static final Path REPORTS = Path.of(Jars.property("fdreactor.tck.report"));
    private static final List<Integer> JDKS = List.of(17, 25);

    private static final int JDK = Runtime.version().feature();
    private static final boolean UPDATE =
            System.getProperty("fdreactor.conformance", "check").equals("update");

    @Test
    void thePageSaysWhatTheReportsSay() throws IOException {
        assumeTrue(JDKS.contains(JDK), "docs/conformance.md has columns for the JDKs " + JDKS + ", and this is " + JDK);
        List<ConformanceReport> reports = new ArrayList<>();
        for (String backend : ConformanceTable.BACKENDS) {
            reports.add(complete(REPORTS, backend));
        }
        if (UPDATE) {
            Files.writeString(PAGE, pageWith(ConformanceTable::with, reports));
        }

        String page = Files.readString(PAGE);
        String expected = pageWith(ConformanceTable::withCertain, reports);
        assertThat(expected.lines().filter(line -> !page.contains(line)))
                .as("lines that docs/conformance.md hasn't and the reports of this run ask for; if they are right, run"
                        + " mvn verify -Dfdreactor.conformance=update, with each of the JDKs " + JDKS)
                .isEmpty();
        assertThat(page).isEqualTo(expected);
    }

    @Test
    void underJUnit6EveryRuleComesOutAsUnderJUnit5() throws IOException {
        ConformanceReport underJUnit5 = complete(REPORTS, "epoll");
        ConformanceReport underJUnit6 = complete(REPORTS.resolve("junit6"), "epoll");

        assertThat(ConformanceTable.EMPTY.with(underJUnit5).withCertain(underJUnit6))
                .hasToString(ConformanceTable.EMPTY.with(underJUnit5).toString());
    }

    private static String pageWith(
            BiFunction<ConformanceTable, ConformanceReport, ConformanceTable> addition, List<ConformanceReport> reports)
            throws IOException {
        String page = Files.readString(PAGE);
        ConformanceTable table = ConformanceTable.of(page);
        for (ConformanceReport report : reports) {
            table = addition.apply(table, report);
        }
        return table.in(page);
    }

    /** A report of this build's, on the whole contract. */
    private static ConformanceReport complete(Path directory, String backend) throws IOException {
        ConformanceReport report = ConformanceReport.read(directory, backend);
        assertThat(report.column().jdk())
                .as("the JDK of [%s]'s report, which isn't of this build if it is another", backend)
                .isEqualTo(JDK);
        assumeTrue(report.isComplete(), "only a part of the contract was run on [" + backend + "]");
        return report;
    }
}
