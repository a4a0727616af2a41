// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final List<Figure> FIGURES = List.of(
            new Figure("fd-set", "n=100", "C epoll", Figure.NATIVE, "event", 839.4, "ns"),
            new Figure("fd-set", "n=100", "Netty epoll", "25", "event", 1.2345, Figure.RATIO),
            new Figure("fd-set", "n=100", "Netty epoll", "25", "event", 1036.2, "ns"),
            new Figure("fd-set", "n=1000", "C epoll", Figure.NATIVE, "event", 12.34, "ns"));

    @Test
    void ratiosComeFirstAndEachMetricHasItsTable() {
        assertThat(Table.of(FIGURES)).extracting(Table::title).containsExactly("event, ratio", "event, ns");
    }

    @Test
    void inATerminalColumnsLineUp() {
        assertThat(Table.of(FIGURES).get(1).toText())
                .isEqualTo("event, ns            n=100  n=1000\n"
                        + "C epoll                839    12.3\n"
                        + "Netty epoll, JDK 25  1,036        \n");
    }

    @Test
    void inMarkdownNumbersAreOnTheRight() {
        assertThat(Table.of(FIGURES).get(0).toMarkdown())
                .isEqualTo("| event, ratio | n=100 |\n|---|--:|\n| Netty epoll, JDK 25 | 1.23 |\n");
    }
}
