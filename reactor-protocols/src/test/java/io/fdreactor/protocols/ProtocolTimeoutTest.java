// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtocolTimeoutTest {
    private final VirtualTime time = new VirtualTime();
    private final long startNanos = time.nanoTime();
    private final List<Long> timeoutsMillis = new ArrayList<>();
    private final ProtocolTimeout timeout =
            new ProtocolTimeout(time, () -> timeoutsMillis.add((time.nanoTime() - startNanos) / 1_000_000));

    @Test
    void silenceIsNoticed() {
        timeout.setTimeout(Duration.ofMillis(100));
        time.advanceMillis(1000);
        assertThat(timeoutsMillis).containsExactly(100L);
    }

    @Test
    void lifePutsItOffAndCostsATimerATimeoutAtMost() {
        timeout.setTimeout(Duration.ofMillis(100));
        for (int i = 0; i < 1000; i++) {
            time.advanceMillis(1);
            timeout.resetTimeout();
        }
        assertThat(time.scheduled).isLessThanOrEqualTo(11);
        time.advanceMillis(99);
        assertThat(timeoutsMillis).isEmpty();
        time.advanceMillis(1);
        assertThat(timeoutsMillis).containsExactly(1100L);
        assertThat(time.getDelayedCalls()).isEmpty();
    }

    @Test
    void itCanBeSetAnewToEarlierAndLater() {
        timeout.setTimeout(Duration.ofMillis(100));
        timeout.setTimeout(Duration.ofMillis(10));
        time.advanceMillis(50);
        timeout.setTimeout(Duration.ofMillis(200));
        time.advanceMillis(1000);
        assertThat(timeoutsMillis).containsExactly(10L, 250L);
    }

    @Test
    void takenBackItLeavesNoTimer() {
        timeout.setTimeout(Duration.ofMillis(100));
        timeout.setTimeout(null);
        timeout.resetTimeout();
        assertThat(time.getDelayedCalls()).isEmpty();
        timeout.setTimeout(null);
    }

    @Test
    void theCallMaySetItAgain() {
        ProtocolTimeout[] again = new ProtocolTimeout[1];
        again[0] = new ProtocolTimeout(time, () -> {
            timeoutsMillis.add(0L);
            again[0].setTimeout(Duration.ofMillis(10));
        });
        again[0].setTimeout(Duration.ofMillis(10));
        time.advanceMillis(35);
        assertThat(timeoutsMillis).hasSize(3);
    }

    @Test
    void aSignOfLifeThatWaitedDuringAStallIsHeardFirst() {
        timeout.setTimeout(Duration.ofMillis(100));
        // A callback takes five seconds; when it returns, the timer is due, and the input is read in the same turn.
        time.stall(Duration.ofSeconds(5));
        time.runDueOnce();
        assertThat(timeoutsMillis).isEmpty();
        timeout.resetTimeout();
        time.runDueOnce();
        assertThat(timeoutsMillis).isEmpty();
        time.advanceMillis(99);
        assertThat(timeoutsMillis).isEmpty();
        time.advanceMillis(1);
        assertThat(timeoutsMillis).containsExactly(5100L);
    }

    @Test
    void takenBackInTheLastTurnItIsNotCalled() {
        timeout.setTimeout(Duration.ofMillis(100));
        time.stall(Duration.ofSeconds(5));
        time.runDueOnce();
        timeout.setTimeout(null);
        assertThat(time.getDelayedCalls()).isEmpty();
        time.advanceMillis(1000);
        assertThat(timeoutsMillis).isEmpty();
    }

    @Test
    void aNegativeOneIsRefused() {
        assertThatThrownBy(() -> timeout.setTimeout(Duration.ofMillis(-1))).hasMessageContaining("[PT-0.001S]");
    }
}
