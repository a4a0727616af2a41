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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtocolsTest {
    @TempDir
    Path directory;

    @Test
    void everyServerIsMeasured() throws Exception {
        boolean http = Programs.find("wrk").isPresent();
        boolean resp = Programs.find("redis-benchmark").isPresent();
        assumeTrue(http || resp, "neither wrk nor redis-benchmark is here: the bench has said so");
        Figures figures = Figures.in(directory);
        new Protocols().run(new Settings(Settings.Length.TOY, directory), figures);

        if (http) {
            assertMeasured(figures, "requests", "http, 64 conn, 16 deep");
        }
        if (resp) {
            for (String command : RedisBenchmark.COMMANDS) {
                assertMeasured(figures, command, "resp, 50 conn, 16 deep");
            }
        }
    }

    private static void assertMeasured(Figures figures, String metric, String cell) {
        List<Figure> rates = figures.added().stream()
                .filter(figure -> figure.metric().equals(metric))
                .filter(figure -> figure.cell().equals(cell) && !figure.isRatio())
                .toList();
        assertThat(rates)
                .extracting(Figure::who)
                .contains("Netty NIO")
                .anyMatch(who -> who.startsWith("fdreactor epoll/"));
        // A second on a busy machine may be too short for a single answer.
        assertThat(rates)
                .allSatisfy(figure -> assertThat(figure.value()).isNotNegative().isFinite());
    }

    @Test
    void aMachineWithoutLoadGeneratorsIsToldHowToHaveThem() throws Exception {
        assertThat(BareMachine.run("protocols", directory))
                .contains("left out: the http cells, for there is no [wrk] on the PATH")
                .contains("apt-get install wrk")
                .contains("left out: the resp cells, for there is no [redis-benchmark] on the PATH")
                .contains("apt-get install redis-tools")
                .endsWith("exit status 0");
    }
}
