// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Figures;
import io.fdreactor.bench.harness.Settings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallsTest {
    @TempDir
    Path directory;

    @Test
    void everyLoopHasItsThroughputAndItsPercentiles() throws Exception {
        Figures figures = Figures.in(directory);

        new Calls().run(new Settings(Settings.Length.TOY, directory), figures);

        assertThat(figures.added()).allMatch(figure -> figure.bench().equals("callFromThread") && figure.value() > 0);
        for (String cell : List.of("1 producer", "4 producers", "wake-up")) {
            assertThat(figures.added())
                    .filteredOn(figure -> figure.cell().equals(cell) && !figure.isRatio())
                    .extracting(Figure::who)
                    .contains("fdreactor epoll/jna", "fdreactor poll/jna", "fdreactor select", "Netty NIO");
        }
    }
}
