// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static io.fdreactor.IReactorTime.MAX_DELAY_NANOS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.AlreadyCalled;
import io.fdreactor.AlreadyCancelled;
import io.fdreactor.DelayedCall;
import io.fdreactor.core.testing.Journal;
import io.fdreactor.core.testing.VirtualClock;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Delayed calls one by one; {@link TimerQueuePropertyTest} has them by the thousand. */
class TimerQueueTest {
    private static final Runnable NOTHING = () -> {};

    private final Journal journal = new Journal();
    private final VirtualClock clock = new VirtualClock(1_000_000);
    private final TimerQueue queue = new TimerQueue(clock, new Callbacks("fake", journal), NOTHING);

    private DelayedCall schedule(long delayNanos, String name) {
        return queue.schedule(delayNanos, journal.note(name));
    }

    private void turn() {
        queue.takeDue();
        queue.runDue();
    }

    @Test
    void aCallIsMadeAtItsTimeAndNotANanosecondEarlier() {
        schedule(10, "call");
        clock.advance(9);
        turn();
        assertThat(journal.take()).isEmpty();
        clock.advance(1);
        turn();
        assertThat(journal.take()).containsExactly("call");
        turn();
        assertThat(journal.take()).isEmpty();
    }

    @Test
    void callsAreMadeInOrderOfTimeAndEqualOnesInOrderOfScheduling() {
        schedule(20, "at 20");
        for (int i = 0; i < 20; i++) {
            schedule(10, "at 10, " + i);
        }
        schedule(5, "at 5");
        clock.advance(20);
        turn();
        List<String> expected = new ArrayList<>(List.of("at 5"));
        for (int i = 0; i < 20; i++) {
            expected.add("at 10, " + i);
        }
        expected.add("at 20");
        assertThat(journal.take()).isEqualTo(expected);
    }

    @Test
    void theFirstIsKnownByTheTimeThatIsLeft() {
        assertThat(queue.untilNextNanos(-1)).isEqualTo(-1);
        schedule(30, "late");
        DelayedCall early = schedule(10, "early");
        assertThat(queue.untilNextNanos(-1)).isEqualTo(10);
        clock.advance(4);
        assertThat(queue.untilNextNanos(-1)).isEqualTo(6);
        clock.advance(60);
        assertThat(queue.untilNextNanos(-1)).as("overdue").isZero();
        early.cancel();
        queue.schedule(0, NOTHING);
        assertThat(queue.untilNextNanos(-1)).isZero();
    }

    @Test
    void aCallOfNoDelayThatACallSchedulesWaitsForTheNextTurn() {
        queue.schedule(0, () -> schedule(0, "inner"));
        turn();
        assertThat(journal.take()).isEmpty();
        turn();
        assertThat(journal.take()).containsExactly("inner");
    }

    @Test
    void whatBecomesDueWhileATurnRunsWaitsForTheNext() {
        queue.schedule(0, () -> clock.advance(100));
        schedule(50, "fifty");
        turn();
        assertThat(journal.take()).isEmpty();
        turn();
        assertThat(journal.take()).containsExactly("fifty");
    }

    @Test
    void cancelledItIsNotMade() {
        DelayedCall call = schedule(10, "call");
        call.cancel();
        clock.advance(10);
        turn();
        assertThat(journal.take()).isEmpty();
        assertThat(queue.untilNextNanos(-1)).isEqualTo(-1);
    }

    @Test
    void cancelledByAnEarlierCallOfTheSameTurnItIsNotMade() {
        DelayedCall[] second = new DelayedCall[1];
        queue.schedule(1, () -> second[0].cancel());
        second[0] = schedule(1, "second");
        schedule(1, "third");
        clock.advance(1);
        turn();
        assertThat(journal.take()).containsExactly("third");
    }

    @Test
    void resetByAnEarlierCallOfTheSameTurnItWaitsAgain() {
        DelayedCall[] second = new DelayedCall[1];
        queue.schedule(1, () -> second[0].reset(5));
        second[0] = schedule(1, "second");
        clock.advance(1);
        turn();
        assertThat(journal.take()).isEmpty();
        assertThat(queue.untilNextNanos(-1)).isEqualTo(5);
        clock.advance(5);
        turn();
        assertThat(journal.take()).containsExactly("second");
    }

    @Test
    void resetToNothingByAnEarlierCallOfTheSameTurnItIsMadeInTheNext() {
        DelayedCall[] second = new DelayedCall[1];
        queue.schedule(1, () -> second[0].reset(0));
        second[0] = schedule(1, "second");
        clock.advance(1);
        turn();
        assertThat(journal.take()).isEmpty();
        turn();
        assertThat(journal.take()).containsExactly("second");
        turn();
        assertThat(journal.take()).isEmpty();
    }

    @Test
    void resetCountsFromNowAndDelayFromTheOldTime() {
        DelayedCall call = schedule(100, "call");
        clock.advance(30);
        call.reset(100);
        assertThat(call.getTime()).isEqualTo(clock.getAsLong() + 100);
        call.delay(7);
        assertThat(call.getTime()).isEqualTo(clock.getAsLong() + 107);
        call.delay(-100);
        assertThat(call.getTime()).isEqualTo(clock.getAsLong() + 7);
        call.reset(3);
        clock.advance(3);
        turn();
        assertThat(journal.take()).containsExactly("call");
    }

    @Test
    void delayIsExactHoweverOftenTheClockIsRead() {
        long[] now = {5_000};
        TimerQueue real = new TimerQueue(() -> now[0]++, new Callbacks("fake", journal), NOTHING);
        DelayedCall call = real.schedule(100, NOTHING);
        long time = call.getTime();
        call.delay(10);
        assertThat(call.getTime()).isEqualTo(time + 10);
        call.delay(-20);
        assertThat(call.getTime()).isEqualTo(time - 10);
    }

    @Test
    void delayEndsAtNowAtTheEarliest() {
        DelayedCall call = schedule(10, "call");
        call.delay(-1000);
        assertThat(call.getTime()).isEqualTo(clock.getAsLong());
        turn();
        assertThat(journal.take()).containsExactly("call");
    }

    @Test
    void durationsWorkLikeNanoseconds() {
        DelayedCall call = schedule(10, "call");
        call.reset(Duration.ofNanos(20));
        call.delay(Duration.ofNanos(-5));
        assertThat(call.getTime()).isEqualTo(clock.getAsLong() + 15);
    }

    @Test
    void negativeDelaysAreRefusedAndChangeNothing() {
        assertThatThrownBy(() -> queue.schedule(-1, NOTHING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[-1 ns]");
        DelayedCall call = schedule(10, "call");
        assertThatThrownBy(() -> call.reset(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(call.getTime()).isEqualTo(clock.getAsLong() + 10);
        assertThat(queue.pending()).containsExactly(call);
    }

    @Test
    void onceCancelledItCannotBeChanged() {
        DelayedCall call = schedule(10, "call");
        call.cancel();
        assertThat(call.active()).isFalse();
        assertThat(call.getTime()).isEqualTo(clock.getAsLong() + 10);
        assertThatThrownBy(call::cancel).isInstanceOf(AlreadyCancelled.class);
        assertThatThrownBy(() -> call.reset(1)).isInstanceOf(AlreadyCancelled.class);
        assertThatThrownBy(() -> call.delay(1)).isInstanceOf(AlreadyCancelled.class);
        assertThat(call).asString().contains("cancelled");
    }

    @Test
    void onceMadeItCannotBeChangedNotEvenFromInside() {
        DelayedCall[] self = new DelayedCall[1];
        self[0] = queue.schedule(0, () -> {
            assertThat(self[0].active()).isFalse();
            assertThat(queue.pending()).isEmpty();
            assertThatThrownBy(self[0]::cancel).isInstanceOf(AlreadyCalled.class);
            assertThatThrownBy(() -> self[0].reset(1)).isInstanceOf(AlreadyCalled.class);
            assertThatThrownBy(() -> self[0].delay(1)).isInstanceOf(AlreadyCalled.class);
            journal.add("checked");
        });
        turn();
        assertThat(journal.take()).containsExactly("checked");
        assertThatThrownBy(self[0]::cancel).isInstanceOf(AlreadyCalled.class);
        assertThat(self[0]).asString().contains("called");
    }

    @Test
    void theOtherCallsOfATurnArePendingUntilTheyAreMade() {
        List<DelayedCall> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            calls.add(queue.schedule(
                    1, () -> journal.add("pending " + queue.pending().size())));
        }
        DelayedCall later = schedule(100, "later");
        clock.advance(1);
        queue.takeDue();
        assertThat(queue.pending()).containsExactlyInAnyOrder(calls.get(0), calls.get(1), calls.get(2), later);
        queue.runDue();
        assertThat(journal.take()).containsExactly("pending 3", "pending 2", "pending 1");
        assertThat(queue.pending()).containsExactly(later);
    }

    @Test
    void whatIsPendingIsASnapshot() {
        DelayedCall call = schedule(10, "call");
        List<DelayedCall> pending = queue.pending();
        call.cancel();
        assertThat(pending).containsExactly(call);
        assertThatThrownBy(pending::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void oneThatThrowsIsReportedAndTheRestIsMade() {
        queue.schedule(0, () -> {
            throw new IllegalStateException("oops");
        });
        schedule(0, "second");
        turn();
        assertThat(journal.take()).containsExactly("reported IllegalStateException(oops) in a delayed call", "second");
    }

    /** As when a call ends the JVM, and the thread that ends the reactor goes on in its place. */
    @Test
    void aTurnThatACallNeverReturnedToIsTakenUpByTheNext() {
        queue.schedule(1, () -> {
            throw new OutOfMemoryError("the end");
        });
        schedule(1, "second");
        schedule(2, "third");
        clock.advance(1);
        assertThatThrownBy(this::turn).isInstanceOf(OutOfMemoryError.class);
        clock.advance(1);
        turn();
        assertThat(journal.take()).containsExactly("second", "third");
    }

    @ParameterizedTest
    @ValueSource(longs = {MAX_DELAY_NANOS, MAX_DELAY_NANOS + 1, Long.MAX_VALUE})
    void longDelaysAreCapped(long delayNanos) {
        DelayedCall call = schedule(delayNanos, "call");
        assertThat(call.getTime() - clock.getAsLong()).isEqualTo(MAX_DELAY_NANOS);
        clock.advance(5);
        call.reset(delayNanos);
        assertThat(call.getTime() - clock.getAsLong()).isEqualTo(MAX_DELAY_NANOS);
        call.delay(delayNanos);
        assertThat(call.getTime() - clock.getAsLong()).isEqualTo(MAX_DELAY_NANOS);
        call.delay(Long.MIN_VALUE);
        assertThat(call.getTime() - clock.getAsLong()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, Long.MAX_VALUE - 5, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 5, -5, MAX_DELAY_NANOS * 3
            })
    void theClockMayStandAnywhereAndWrapAround(long startNanos) {
        VirtualClock anywhere = new VirtualClock(startNanos);
        TimerQueue there = new TimerQueue(anywhere, new Callbacks("fake", journal), NOTHING);
        there.schedule(MAX_DELAY_NANOS, journal.note("in 73 years"));
        there.schedule(10, journal.note("in 10"));
        there.schedule(3, journal.note("in 3"));
        there.schedule(0, journal.note("now"));
        assertThat(there.untilNextNanos(-1)).isZero();
        there.takeDue();
        there.runDue();
        assertThat(journal.take()).containsExactly("now");
        anywhere.advance(9);
        there.takeDue();
        there.runDue();
        assertThat(journal.take()).containsExactly("in 3");
        assertThat(there.untilNextNanos(-1)).isEqualTo(1);
        anywhere.advance(1);
        there.takeDue();
        there.runDue();
        assertThat(journal.take()).containsExactly("in 10");
        assertThat(there.untilNextNanos(-1)).isEqualTo(MAX_DELAY_NANOS - 10);
        anywhere.advance(MAX_DELAY_NANOS - 10);
        there.takeDue();
        there.runDue();
        assertThat(journal.take()).containsExactly("in 73 years");
    }

    @Test
    void aMillionThatAreCancelledLeaveNothingBehind() {
        List<DelayedCall> calls = new ArrayList<>();
        for (int i = 0; i < 1_000_000; i++) {
            calls.add(queue.schedule(i * 7919L % 1_000_003, NOTHING));
        }
        calls.forEach(DelayedCall::cancel);
        assertThat(queue.pending()).isEmpty();
        assertThat(capacity()).isLessThanOrEqualTo(1024);
    }

    @Test
    void aMillionThatComeAndGoNeedNoRoomAtAll() {
        for (int i = 0; i < 1_000_000; i++) {
            queue.schedule(i, NOTHING).cancel();
        }
        assertThat(capacity()).isLessThanOrEqualTo(128);
    }

    @Test
    void aMillionThatAreMadeAtOnceLeaveNothingBehind() {
        for (int i = 0; i < 1_000_000; i++) {
            queue.schedule(i % 10, NOTHING);
        }
        clock.advance(10);
        turn();
        assertThat(queue.pending()).isEmpty();
        assertThat(capacity()).isLessThanOrEqualTo(1024);
    }

    @Test
    void whatACancelledCallRefersToIsFreeAtOnce() {
        Runnable cargo = new Cargo();
        WeakReference<Runnable> reference = new WeakReference<>(cargo);
        DelayedCall call = queue.schedule(10, cargo);
        call.cancel();
        cargo = null;
        assertFreed(reference);
        assertThat(call.active()).isFalse();
    }

    @Test
    void whatACallThatWasMadeRefersToIsFreeAtOnce() {
        Runnable cargo = new Cargo();
        WeakReference<Runnable> reference = new WeakReference<>(cargo);
        DelayedCall call = queue.schedule(0, cargo);
        turn();
        cargo = null;
        assertFreed(reference);
        assertThat(call.active()).isFalse();
    }

    @Test
    void aTurnKeepsNoneOfTheCallsItHasMade() {
        WeakReference<DelayedCall> reference = new WeakReference<>(queue.schedule(0, NOTHING));
        turn();
        assertFreed(reference);
    }

    @Test
    void clearedItForgetsAllAlsoWhatIsDue() {
        DelayedCall due = schedule(0, "due");
        DelayedCall later = schedule(10, "later");
        queue.takeDue();
        queue.clear();
        assertThat(queue.pending()).isEmpty();
        assertThat(due.active()).isFalse();
        assertThat(later.active()).isFalse();
        queue.runDue();
        assertThat(journal.take()).isEmpty();
    }

    /** How many calls it has room for. */
    private int capacity() {
        try {
            int capacity = 0;
            for (String array : List.of("heap", "due")) {
                Field field = TimerQueue.class.getDeclaredField(array);
                field.setAccessible(true);
                capacity += ((Timer[]) field.get(queue)).length;
            }
            return capacity;
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static void assertFreed(WeakReference<?> reference) {
        while (reference.get() != null) {
            System.gc();
        }
    }

    /** A call that is an object of its own, each time. */
    private static final class Cargo implements Runnable {
        @Override
        public void run() {}
    }
}
