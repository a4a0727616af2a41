// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.timers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Figures;
import io.fdreactor.bench.harness.Settings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimersTest {
    @TempDir
    Path directory;

    @Test
    void everySchedulerHasItsFiguresOfEveryOperation() throws Exception {
        Figures figures = Figures.in(directory);

        new Timers().run(new Settings(Settings.Length.TOY, directory), figures);

        for (String operation : List.of("scheduleAndCancel", "scheduleAndFire", "reset")) {
            assertThat(figures.added())
                    .filteredOn(figure ->
                            figure.metric().equals(operation) && figure.unit().equals("ns") && figure.value() > 0)
                    .extracting(Figure::who)
                    .containsExactly("fdreactor", "Netty", "HashedWheelTimer", "ScheduledThreadPoolExecutor");
        }
        assertThat(figures.added())
                .allMatch(figure ->
                        figure.bench().equals("timers") && figure.cell().equals("10 pending"));
    }
}
