// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    private static final long AGES = Long.MAX_VALUE;

    private final List<Integer> sixty = IntStream.range(0, 60).boxed().toList();

    private static Shrinker<Integer> shrinker(Predicate<List<Integer>> fails, int maxTries) {
        return new Shrinker<>(fails, number -> List.of(), maxTries, AGES);
    }

    @Test
    void whatIsNotNeededIsLeftOut() {
        Predicate<List<Integer>> fails = list -> list.containsAll(List.of(3, 31, 59)) && isSorted(list);
        assertThat(shrinker(fails, 1000).shrink(sixty)).containsExactly(3, 31, 59);
    }

    private static boolean isSorted(List<Integer> list) {
        return list.equals(list.stream().sorted().toList());
    }

    @Test
    void aSingleCulpritIsFoundInFewTries() {
        Shrinker<Integer> shrinker = shrinker(list -> list.contains(17), 1000);
        assertThat(shrinker.shrink(sixty)).containsExactly(17);
        assertThat(shrinker.tries()).isLessThan(30);
    }

    @Test
    void nothingIsNeededForWhatAlwaysFails() {
        assertThat(shrinker(list -> true, 1000).shrink(sixty)).isEmpty();
    }

    @Test
    void allIsKeptIfAllIsNeeded() {
        assertThat(shrinker(sixty::equals, 1000).shrink(sixty)).isEqualTo(sixty);
    }

    @Test
    void pairsThatOnlyGoTogetherGoOneAfterTheOther() {
        Predicate<List<Integer>> fails = list -> list.contains(40)
                && list.stream().mapToInt(each -> each % 2 == 0 ? 1 : -1).sum() >= 0;
        assertThat(shrinker(fails, 1000).shrink(sixty)).containsExactly(40);
    }

    @Test
    void elementsBecomeAsSimpleAsCanBe() {
        Shrinker<Integer> shrinker = new Shrinker<>(
                list -> list.stream().anyMatch(each -> each >= 10),
                number -> number > 0 ? List.of(0, number / 2, number - 1) : List.of(),
                1000,
                AGES);
        assertThat(shrinker.shrink(List.of(500, 7, 3))).containsExactly(10);
    }

    @Test
    void whatASimplerElementMakesUselessIsLeftOutToo() {
        Shrinker<Integer> shrinker = new Shrinker<>(
                list -> list.contains(1) || list.containsAll(List.of(8, 9)),
                number -> number > 1 ? List.of(1) : List.of(),
                1000,
                AGES);
        assertThat(shrinker.shrink(List.of(8, 9))).containsExactly(1);
    }

    @Test
    void itGivesUpAfterSoManyTriesWithWhatItHas() {
        List<List<Integer>> tried = new ArrayList<>();
        Predicate<List<Integer>> fails = list -> {
            tried.add(list);
            return list.containsAll(List.of(3, 31, 59));
        };
        Shrinker<Integer> shrinker = shrinker(fails, 10);
        List<Integer> shrunk = shrinker.shrink(sixty);
        assertThat(tried).hasSize(10);
        assertThat(shrinker.tries()).isEqualTo(10);
        assertThat(shrunk).contains(3, 31, 59).hasSizeLessThanOrEqualTo(60);
    }

    @Test
    void itGivesUpWhenTimeIsUp() {
        Shrinker<Integer> shrinker = new Shrinker<>(list -> true, number -> List.of(), 1000, 0);
        assertThat(shrinker.shrink(sixty)).isEqualTo(sixty);
        assertThat(shrinker.tries()).isZero();
    }
}
