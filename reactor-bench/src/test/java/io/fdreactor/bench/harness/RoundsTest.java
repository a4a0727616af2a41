// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundsTest {
    @TempDir
    Path directory;

    private final List<String> order = new ArrayList<>();

    @Test
    void contendersTakeTurns() throws Exception {
        Rounds.of(2, List.of(measured("A", 1, 1), measured("B", 1, 1)));

        assertThat(order).containsExactly("A", "B", "A", "B");
    }

    @Test
    void aRatioIsTheMedianOfTheRatiosWithinARound() throws Exception {
        // The machine is three times as slow in the second round: the medians alone would say 3, not 2.
        Figures figures = figuresOf(3, measured("C epoll", 10, 30, 10), measured("other", 20, 60, 30));

        assertThat(figures.added())
                .containsExactly(
                        figure("C epoll", 1, Figure.RATIO),
                        figure("C epoll", 10, "ns"),
                        figure("other", 2, Figure.RATIO),
                        figure("other", 30, "ns"));
    }

    @Test
    void withoutItsReferenceAContenderHasNoRatio() throws Exception {
        assertThat(figuresOf(1, measured("other", 20)).added()).containsExactly(figure("other", 20, "ns"));
    }

    @Test
    void whoFailsIsLeftOutAndTheOthersGoOn() throws Exception {
        Contender failing = Contender.of("failing", "17", () -> {
            order.add("failing");
            throw new IOException("gone");
        });

        Figures figures = figuresOf(2, failing, measured("other", 20, 20));

        assertThat(order).containsExactly("failing", "other", "other");
        assertThat(figures.added()).containsExactly(figure("other", 20, "ns"));
    }

    @Test
    void aMedianIsTheMiddleOneOrTheMeanOfTwo() {
        assertThat(Medians.of(9, 1, 2)).isEqualTo(2);
        assertThat(Medians.of(9, 1, 2, 4)).isEqualTo(3);
    }

    private Figures figuresOf(int rounds, Contender... contenders) throws Exception {
        Figures figures = Figures.in(directory);
        Rounds.of(rounds, List.of(contenders)).addTo(figures, "toy", "n=1", "C epoll", Map.of("event", "ns"));
        return figures;
    }

    private Contender measured(String who, double... values) {
        Iterator<Double> next = Arrays.stream(values).iterator();
        return Contender.of(who, "17", () -> {
            order.add(who);
            return Map.of("event", next.next());
        });
    }

    private static Figure figure(String who, double value, String unit) {
        return new Figure("toy", "n=1", who, "17", "event", value, unit);
    }
}
