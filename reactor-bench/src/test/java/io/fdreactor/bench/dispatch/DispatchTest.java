// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Figures;
import io.fdreactor.bench.harness.Settings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DispatchTest {
    @TempDir
    Path directory;

    @Test
    void everyBackendHasItsFiguresOfEveryTurn() throws Exception {
        Figures figures = Figures.in(directory);

        new Dispatch().run(new Settings(Settings.Length.TOY, directory), figures);

        for (String method : List.of("turn", "turnWithThreadCall", "turnWithDelayedCall", "turnWithNewReader")) {
            assertThat(figures.added())
                    .filteredOn(figure ->
                            figure.metric().equals(method) && figure.unit().equals("ns") && figure.value() > 0)
                    .extracting(Figure::who)
                    .contains("fdreactor epoll/jna", "fdreactor poll/jna", "fdreactor select");
        }
    }
}
