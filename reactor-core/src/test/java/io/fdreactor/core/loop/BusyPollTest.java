// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.ReactorConfig;
import io.fdreactor.core.testing.FakePoller;
import io.fdreactor.core.testing.VirtualClock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How a loop looks before it sleeps, on a clock by which each look takes a nanosecond. */
class BusyPollTest {
    private static final int BUSY_NANOS = 5;

    private final VirtualClock clock = new VirtualClock();
    private final FakePoller poller = new FakePoller(clock);
    private final Callbacks callbacks = new Callbacks("busy", null);
    private final Waker waker = new Waker(poller, callbacks.counters(), callbacks.events());
    private final ThreadCalls calls = new ThreadCalls(waker, callbacks);
    private final PollWait pollWait = new PollWait(
            ReactorConfig.builder().busyPoll(Duration.ofNanos(BUSY_NANOS)).build(),
            poller,
            (token, events) -> {},
            waker,
            calls,
            callbacks,
            () -> {
                clock.advance(1);
                return clock.getAsLong();
            });

    @Test
    void aLoopLooksSoLongAndSleepsForTheRest() {
        pollWait.sleep(100);

        assertThat(poller.takePolls()).isEqualTo(looksAnd(BUSY_NANOS, 100L - BUSY_NANOS));
        assertThat(callbacks.counters().waits).isEqualTo(1);
    }

    @Test
    void aTimerThatIsDueBeforeIsLookedFor() {
        pollWait.sleep(3);

        assertThat(poller.takePolls()).isEqualTo(looksAnd(3));
        assertThat(callbacks.counters().waits).isZero();
    }

    @Test
    void anEventEndsTheLookingAndTheLoopHasNotSlept() {
        poller.duringPoll(() -> {});
        poller.duringPoll(() -> poller.fireToken(7, 1));
        pollWait.sleep(Long.MAX_VALUE);

        assertThat(poller.takePolls()).isEqualTo(looksAnd(2));
        assertThat(callbacks.counters().waits).isZero();
    }

    @Test
    void aCallEndsTheLookingWithoutAWakeUp() {
        poller.duringPoll(() -> calls.add(() -> {}));
        pollWait.sleep(-1);

        assertThat(poller.takePolls()).isEqualTo(looksAnd(1));
        assertThat(poller.wakeups()).isZero();
    }

    @Test
    void whereNothingComesItSleepsUntilItIsWoken() {
        for (int look = 0; look < BUSY_NANOS; look++) {
            poller.duringPoll(() -> {});
        }
        poller.duringPoll(() -> calls.add(() -> {}));
        pollWait.sleep(Long.MAX_VALUE);

        assertThat(poller.takePolls()).isEqualTo(looksAnd(BUSY_NANOS, -1L));
        assertThat(poller.wakeups()).isEqualTo(1);
    }

    private static List<Long> looksAnd(int looks, Long... sleeps) {
        return Stream.concat(Collections.nCopies(looks, 0L).stream(), Stream.of(sleeps))
                .toList();
    }
}
