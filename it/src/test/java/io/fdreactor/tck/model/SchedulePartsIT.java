// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.epoll.EPollReactorProvider;
import io.fdreactor.poll.PollReactorProvider;
import io.fdreactor.select.SelectReactorProvider;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.fixture.ChannelFixtures;
import io.fdreactor.tck.fixture.TckFixtures;
import io.fdreactor.tck.posix.PosixFixtures;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any part of a schedule is one, which is what lets a failing one be shrunk. */
class SchedulePartsIT {
    private static final int SEEDS = 20;

    static Stream<Arguments> backends() {
        Supplier<TckFixtures> numbers = PosixFixtures::new;
        Supplier<TckFixtures> channels = ChannelFixtures::new;
        return Stream.of(
                Arguments.of(new EPollReactorProvider(), numbers),
                Arguments.of(new PollReactorProvider(), numbers),
                Arguments.of(new SelectReactorProvider(), channels));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void anyPartOfAScheduleDoesWhatTheModelSays(ReactorProvider provider, Supplier<TckFixtures> fixtures)
            throws Exception {
        ExecutorService anotherThread = Executors.newSingleThreadExecutor();
        try {
            for (int seed = 1; seed <= SEEDS; seed++) {
                Random coin = new Random(seed);
                List<Operation> part = Schedule.of(seed).stream()
                        .filter(each -> coin.nextBoolean())
                        .toList();
                assertThat(ScheduleRun.of(part, provider, fixtures, anotherThread, TimeUnit.SECONDS.toNanos(30)))
                        .as("seed " + seed + " " + part)
                        .isNull();
            }
        } finally {
            anotherThread.shutdown();
        }
    }
}
