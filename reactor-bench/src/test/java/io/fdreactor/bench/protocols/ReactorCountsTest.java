// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fdreactor.bench.BareMachine;
import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Figures;
import io.fdreactor.bench.harness.Programs;
import io.fdreactor.bench.harness.Settings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReactorCountsTest {
    @TempDir
    Path directory;

    @Test
    void oneAndTwoAreMeasuredAndBothOfTwoHaveWorked() throws Exception {
        boolean http = Programs.find("wrk").isPresent();
        boolean resp = Programs.find("redis-benchmark").isPresent();
        assumeTrue(http || resp, "neither wrk nor redis-benchmark is here: the bench has said so");
        Figures figures = Figures.in(directory);
        new ReactorCounts().run(new Settings(Settings.Length.TOY, directory), figures);

        assertThat(figures.added())
                .filteredOn(figure -> figure.unit().equals("1/s"))
                .extracting(Figure::who)
                .hasSize((http ? 2 : 0) + (resp ? 2 : 0))
                .contains("1 reactor", "2 reactors");
        assertThat(figures.added())
                .filteredOn(figure -> figure.metric().equals(LoopTimes.LEAST))
                .isNotEmpty()
                .allSatisfy(figure -> assertThat(figure.value()).isBetween(0.0, 50.0))
                .extracting(Figure::who)
                .containsOnly("2 reactors");
    }

    @Test
    void aMachineWithoutLoadGeneratorsIsToldHowToHaveThem() throws Exception {
        assertThat(BareMachine.run("reactors", directory))
                .contains("left out: the http cell, for there is no [wrk] on the PATH")
                .contains("left out: the resp cell, for there is no [redis-benchmark] on the PATH")
                .endsWith("exit status 0");
    }
}
