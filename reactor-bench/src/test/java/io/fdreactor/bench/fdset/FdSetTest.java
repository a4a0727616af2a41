// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.fdset;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.bench.harness.ChildJvm;
import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Figures;
import io.fdreactor.bench.harness.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FdSetTest {
    @TempDir
    Path directory;

    @Test
    void everyJavaContenderHasItsFiguresWithPipesAndWithSockets() throws Exception {
        Figures figures = Figures.in(directory);

        new FdSet().run(new Settings(Settings.Length.TOY, directory), figures);

        assertThat(figures.added())
                .filteredOn(figure -> !figure.metric().equals(FdSet.ALLOCATED))
                .allMatch(figure -> figure.bench().equals("fd-set") && figure.value() > 0);
        List<String> contenders = new ArrayList<>(List.of(
                "fdreactor epoll/jna", "fdreactor poll/jna", "fdreactor select", "bare epoll/jna", "NIO Selector"));
        if (ChildJvm.hasForeign()) {
            contenders.addAll(List.of("fdreactor epoll/ffm", "fdreactor poll/ffm", "bare epoll/ffm"));
        }
        for (String cell : List.of("n=100", "n=100, sockets")) {
            for (String metric : List.of(FdSet.EVENT, FdSet.REGISTRATION, FdSet.OWN_IO)) {
                assertThat(figures.added())
                        .filteredOn(figure -> figure.cell().equals(cell)
                                && figure.metric().equals(metric)
                                && figure.unit().equals("ns"))
                        .extracting(Figure::who)
                        .containsAll(contenders);
            }
        }
    }
}
