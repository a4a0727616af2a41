// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Twisted's {@code LoopingCall}, in virtual time. */
class LoopingCallTest {
    private static final Duration TEN_MILLIS = Duration.ofMillis(10);

    private final VirtualTime time = new VirtualTime();
    private final long beginNanos = time.nanoTime();
    private final List<Long> calledMillis = new ArrayList<>();
    private Runnable inside = () -> {};
    private final LoopingCall looping = new LoopingCall(time, () -> {
        calledMillis.add((time.nanoTime() - beginNanos) / 1_000_000);
        inside.run();
    });

    @Test
    void itCallsAtOnceAndAfterEachIntervalUntilItIsStopped() {
        CompletableFuture<Void> ended = looping.start(TEN_MILLIS).toCompletableFuture();
        time.advanceMillis(25);
        assertThat(ended).isNotDone();
        looping.stop();
        assertThat(ended).isCompleted();
        time.advanceMillis(100);
        assertThat(calledMillis).containsExactly(0L, 10L, 20L);
        assertThat(time.getDelayedCalls()).isEmpty();
        looping.stop();
        looping.startLater(TEN_MILLIS);
        time.advanceMillis(10);
        assertThat(calledMillis).endsWith(20L, 135L);
    }

    @Test
    void timesThatHavePassedAreLeftOut() {
        looping.start(TEN_MILLIS);
        inside = () -> {
            inside = () -> {};
            time.advanceMillis(34);
        };
        time.advanceMillis(60);
        assertThat(calledMillis).containsExactly(0L, 10L, 50L, 60L);
    }

    @Test
    void aResetCountsAnew() {
        looping.start(TEN_MILLIS);
        time.advanceMillis(7);
        looping.reset();
        time.advanceMillis(20);
        assertThat(calledMillis).containsExactly(0L, 17L, 27L);
        assertThat(time.getDelayedCalls()).hasSize(1);
    }

    @Test
    void aCallThatThrowsEndsIt() {
        inside = () -> {
            throw new IllegalStateException("as planned");
        };
        assertThat(looping.start(TEN_MILLIS).toCompletableFuture()).isCompletedExceptionally();
        assertThat(looping.isRunning()).isFalse();
        CompletableFuture<Void> ended = looping.startLater(TEN_MILLIS).toCompletableFuture();
        assertThatThrownBy(() -> time.advanceMillis(10)).hasMessage("as planned");
        assertThat(ended).isCompletedExceptionally();
        assertThat(looping.isRunning()).isFalse();
        assertThat(time.getDelayedCalls()).isEmpty();
    }

    @Test
    void itMayBeStoppedStartedAndResetInside() {
        inside = () -> {
            inside = () -> {};
            looping.stop();
            looping.startLater(Duration.ofMillis(3));
            looping.reset();
        };
        assertThat(looping.start(TEN_MILLIS).toCompletableFuture()).isCompleted();
        time.advanceMillis(7);
        assertThat(calledMillis).containsExactly(0L, 3L, 6L);
        assertThat(time.getDelayedCalls()).hasSize(1);
    }

    @Test
    void whatItCannotDoIsRefused() {
        assertThatThrownBy(() -> looping.start(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
        looping.startLater(Duration.ofSeconds(Long.MAX_VALUE));
        assertThatThrownBy(() -> looping.start(TEN_MILLIS)).isInstanceOf(IllegalStateException.class);
        looping.stop();
        assertThat(calledMillis).isEmpty();
    }
}
