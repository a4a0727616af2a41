// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Figures;
import io.fdreactor.bench.harness.Settings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostTest {
    @TempDir
    Path directory;

    @Test
    void whatEachBackendCostsIsCounted() throws Exception {
        Figures figures = Figures.in(directory);

        new Cost().run(new Settings(Settings.Length.TOY, directory), figures);

        assertThat(figures.added())
                .filteredOn(figure -> figure.metric().equals(Cost.WATCHED))
                .extracting(Figure::who)
                .contains("fdreactor epoll", "fdreactor poll", "fdreactor select", "NIO Selector");
        for (String metric : new String[] {Cost.CONNECTION, Cost.ECHO, Cost.START}) {
            assertThat(figures.added())
                    .filteredOn(figure -> figure.metric().equals(metric))
                    .extracting(Figure::who)
                    .contains("fdreactor epoll/jna", "fdreactor poll/jna", "fdreactor select", "Netty NIO");
        }
        assertThat(figures.added())
                .filteredOn(figure -> figure.metric().equals(Cost.START))
                .allMatch(figure -> figure.value() > 0);
    }
}
