// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.InvalidDescriptor;
import io.fdreactor.ReactorCounters;
import io.fdreactor.core.spi.Ready;
import io.fdreactor.core.testing.LoopFixture;
import io.fdreactor.core.testing.RecordingDescriptor;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What is counted when something known has happened. */
class LoopCountersTest {
    private final LoopFixture fixture = new LoopFixture();
    private final Loop loop = fixture.loop;

    private ReactorCounters counters() {
        return loop.callbacks().counters().counters();
    }

    @Test
    void aNewReactorHasDoneNothing() {
        assertThat(counters().toString()).contains("turns=0", "bytesWritten=0").doesNotContainPattern("[1-9]");
    }

    @Test
    void turnsAreCountedAndThoseThatMaySleepApart() {
        loop.iterate(0);
        loop.iterate(5);
        loop.callFromThread(() -> {});
        loop.iterate(0);
        assertThat(counters().turns()).isEqualTo(3);
        assertThat(counters().waits()).isEqualTo(1);
    }

    @Test
    void callsAreCountedWhenTheyAreMade() {
        loop.callFromThread(() -> {});
        loop.callFromThread(() -> {});
        loop.timers().schedule(1, () -> {});
        loop.timers().schedule(1, () -> {}).cancel();
        loop.timers().schedule(1000, () -> {});
        assertThat(counters().threadCalls()).isZero();
        fixture.run(10);
        assertThat(counters().threadCalls()).isEqualTo(2);
        assertThat(counters().delayedCalls()).isEqualTo(1);
    }

    @Test
    void theWorstLagIsKept() {
        for (long lateNanos : new long[] {3, 7, 5}) {
            loop.timers().schedule(100, () -> {});
            fixture.clock.advance(100 + lateNanos);
            fixture.turn();
        }
        assertThat(counters().maxLagNanos()).isEqualTo(7);
    }

    @Test
    void eventsAreCountedIfTheyReachSomebody() {
        RecordingDescriptor a = fixture.descriptor("a", 5);
        RecordingDescriptor b = fixture.descriptor("b", 6);
        fixture.set.addReader(a);
        fixture.set.addWriter(a);
        fixture.set.addReader(b);
        assertThat(counters().descriptors()).isEqualTo(2);

        fixture.poller.fire(5, Ready.READ | Ready.WRITE);
        fixture.poller.fire(6, Ready.READ);
        long former = fixture.poller.token(6);
        fixture.turn();
        fixture.set.removeReader(b);
        fixture.poller.fireToken(former, Ready.READ);
        fixture.turn();

        assertThat(counters().events()).isEqualTo(2);
        assertThat(counters().staleEvents()).isEqualTo(1);
        assertThat(counters().descriptors()).isEqualTo(1);
        fixture.set.removeAll();
        assertThat(counters().descriptors()).isZero();
    }

    @Test
    void whatCannotBeWatchedIsNotCounted() {
        fixture.poller.refuse(5, new IOException("as planned"));
        assertThatThrownBy(() -> fixture.set.addReader(fixture.descriptor("a", 5)))
                .isInstanceOf(InvalidDescriptor.class);
        assertThat(counters().descriptors()).isZero();
    }

    @Test
    void onlyWakeUpsThatEndASleepAreCounted() {
        loop.callFromThread(() -> {});
        fixture.poller.duringPoll(() -> loop.callFromThread(() -> {}));
        loop.iterate(0);
        assertThat(counters().wakeups()).isZero();
        loop.iterate(0);
        fixture.poller.duringPoll(() -> {
            loop.callFromThread(() -> {});
            loop.callFromThread(() -> {});
        });
        loop.iterate(5);
        assertThat(counters().wakeups()).isEqualTo(1);
    }

    @Test
    void theyCanBeReadAfterTheEnd() {
        fixture.turn();
        loop.close();
        assertThat(counters().turns()).isPositive();
    }
}
