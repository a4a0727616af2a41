// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
    private static final Figure PLAIN = new Figure(
            "echo", "200 conn, 64 B", "C \"raw\" epoll", Figure.NATIVE, "requests per second", 81234.5, "1/s");

    @TempDir
    Path directory;

    @Test
    void whatIsAddedIsReadBackWithItsCommasAndQuotationMarks() throws IOException {
        Figures.in(directory.resolve("deep")).add(PLAIN);

        assertThat(Figures.in(directory.resolve("deep")).all()).containsExactly(PLAIN);
    }

    @Test
    void runsOfSeveralJdksAddUpAndALaterFigureReplacesAnEarlierOne() throws IOException {
        Figures first = Figures.in(directory);
        first.add(with("17", 1));
        first.add(with("25", 2));
        Figures second = Figures.in(directory);
        second.add(with("17", 3));

        assertThat(second.all()).containsExactly(with("17", 3), with("25", 2));
        assertThat(second.added()).containsExactly(with("17", 3));
    }

    @Test
    void aLineThatIsNoFigureIsShown() throws IOException {
        Figures figures = Figures.in(directory);
        Files.writeString(directory.resolve("figures.csv"), "\"echo\",what is this\n", StandardOpenOption.APPEND);

        assertThatThrownBy(figures::all).hasMessageContaining("[\"echo\",what is this]");
    }

    private static Figure with(String jdk, double value) {
        return new Figure("fd-set", "n=100", "Netty epoll", jdk, "event", value, "ns");
    }
}
