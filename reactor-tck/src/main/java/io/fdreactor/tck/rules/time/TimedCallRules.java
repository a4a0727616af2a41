// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.fdreactor.AlreadyCalled;
import io.fdreactor.AlreadyCancelled;
import io.fdreactor.DelayedCall;
import io.fdreactor.ReactorException;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Rule;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** TIME: what can be done with a call that waits for its time. */
public abstract class TimedCallRules {
    private static final long LATER = TimeUnit.HOURS.toNanos(1);

    @Rule("TIME-04")
    void whatIsCancelledIsNotCalled(TckContext tck) {
        DelayedCall call = tck.reactor().callLater(0, () -> tck.log("cancelled"));
        tck.reactor().callLater(0, () -> tck.log("other"));
        call.cancel();
        assertFalse(call.active(), "expected: it isn't active; seen: it is");
        tck.turns(2);
        assertEquals(List.of("other"), tck.takeEvents());
        assertDead(AlreadyCancelled.class, call);
    }

    @Rule("TIME-04")
    void whatIsCancelledInItsOwnTurnIsNotCalled(TckContext tck) {
        List<DelayedCall> calls = new ArrayList<>();
        tck.reactor().callLater(0, () -> {
            tck.log("first");
            calls.forEach(DelayedCall::cancel);
        });
        for (int i = 0; i < 20; i++) {
            calls.add(tck.reactor().callLater(i % 2, () -> tck.log("cancelled")));
        }
        long due = calls.get(19).getTime();
        while (tck.reactor().nanoTime() - due < 0) {
            Thread.onSpinWait();
        }
        tck.turns(2);
        assertEquals(List.of("first"), tck.takeEvents());
    }

    @Rule("TIME-04")
    void whatWasCalledCannotBeCancelled(TckContext tck) {
        DelayedCall[] call = new DelayedCall[1];
        call[0] = tck.reactor().callLater(0, () -> {
            tck.log("called");
            assertDead(AlreadyCalled.class, call[0]);
        });
        tck.turns(1);
        assertEquals(List.of("called"), tck.takeEvents());
        assertDead(AlreadyCalled.class, call[0]);
    }

    private static void assertDead(Class<? extends ReactorException> error, DelayedCall call) {
        assertThrows(error, call::cancel);
        assertThrows(error, () -> call.reset(1));
        assertThrows(error, () -> call.delay(1));
        assertFalse(call.active(), "expected: it isn't active; seen: it is");
    }

    @Rule("TIME-04")
    void aDeadCallHoldsNothing(TckContext tck) throws Exception {
        Object[] referents = {new Object(), new Object()};
        DelayedCall cancelled = tck.reactor().callLater(LATER, holding(referents[0]));
        DelayedCall called = tck.reactor().callLater(0, holding(referents[1]));
        List<WeakReference<Object>> held =
                List.of(new WeakReference<>(referents[0]), new WeakReference<>(referents[1]));
        referents[0] = null;
        referents[1] = null;
        cancelled.cancel();
        tck.turns(1);
        assertCollected(tck, held);
        assertFalse(cancelled.active() || called.active(), "expected: both are dead; seen: they aren't");
    }

    private static Runnable holding(Object object) {
        return () -> assertTrue(object.hashCode() != 1 || object.hashCode() == 1);
    }

    private static void assertCollected(TckContext tck, List<? extends WeakReference<?>> references)
            throws InterruptedException {
        tck.await("what dead calls referred to is garbage", () -> {
            System.gc();
            return references.stream().allMatch(reference -> reference.get() == null);
        });
    }

    @Rule("TIME-05")
    void resetCountsFromNow(TckContext tck) {
        DelayedCall call = tck.reactor().callLater(LATER, () -> tck.log("called"));
        long before = tck.reactor().nanoTime();
        call.reset(2 * LATER);
        long after = tck.reactor().nanoTime();
        long time = call.getTime();
        assertTrue(
                time - before >= 2 * LATER && time - after <= 2 * LATER,
                () -> "expected: due two hours from now; seen: " + (time - before) + " ns");
        call.reset(Duration.ofNanos(1));
        tck.turnsUntil("a call that was reset to come sooner", () -> !call.active());
        assertEquals(List.of("called"), tck.takeEvents());
    }

    @Rule("TIME-05")
    void delayCountsFromTheTimeItHad(TckContext tck) {
        DelayedCall call = tck.reactor().callLater(LATER, () -> tck.log("called"));
        long time = call.getTime();
        call.delay(LATER);
        assertEquals(time + LATER, call.getTime());
        call.delay(-LATER / 2);
        assertEquals(time + LATER / 2, call.getTime());
        call.delay(Duration.ofNanos(-7));
        assertEquals(time + LATER / 2 - 7, call.getTime());
        long before = tck.reactor().nanoTime();
        call.delay(-10 * LATER);
        assertTrue(call.getTime() - before >= 0, "expected: no earlier than now; seen: a time in the past");
        assertEquals(List.of(), tck.takeEvents(), "expected: nothing is called inside delay");
        tck.turnsUntil("a call that was moved to now", () -> !call.active());
        assertEquals(List.of("called"), tck.takeEvents());
    }

    @Rule("TIME-05")
    void movedCallsAreMadeInTheirNewOrder(TckContext tck) {
        long unit = TimeUnit.MILLISECONDS.toNanos(5);
        DelayedCall[] calls = new DelayedCall[6];
        for (int i = 0; i < calls.length; i++) {
            int number = i;
            calls[i] = tck.reactor().callLater((i + 1) * unit, () -> tck.log("" + number));
        }
        calls[0].delay(10 * unit);
        calls[5].reset(0);
        calls[2].delay(2 * unit + unit / 2);
        calls[3].reset(20 * unit);
        List<DelayedCall> order = new ArrayList<>(List.of(calls));
        order.sort((one, other) -> Long.signum(one.getTime() - other.getTime()));
        List<String> expected =
                order.stream().map(call -> "" + List.of(calls).indexOf(call)).toList();
        tck.turnsUntil("all calls", () -> tck.reactor().getDelayedCalls().isEmpty());
        assertEquals(expected, tck.takeEvents());
    }

    @Rule("TIME-05")
    void resetRefusesANegativeDelay(TckContext tck) {
        DelayedCall call = tck.reactor().callLater(LATER, () -> {});
        long time = call.getTime();
        assertThrows(IllegalArgumentException.class, () -> call.reset(-1));
        assertEquals(time, call.getTime(), "expected: what was refused changes nothing");
        assertTrue(call.active(), "expected: what was refused changes nothing; seen: it isn't active");
    }

    @Rule("TIME-06")
    void callsTellTheTruthAboutThemselves(TckContext tck) {
        AtomicBoolean inside = new AtomicBoolean();
        DelayedCall[] call = new DelayedCall[1];
        DelayedCall waiting = tck.reactor().callLater(LATER, () -> {});
        call[0] = tck.reactor().callLater(0, () -> {
            assertFalse(call[0].active(), "expected: it isn't active inside itself; seen: it is");
            assertPending(tck, waiting);
            DelayedCall next = tck.reactor().callLater(0, () -> {});
            assertPending(tck, waiting, next);
            inside.set(true);
        });
        long time = call[0].getTime();
        assertTrue(call[0].active(), "expected: it is active; seen: it isn't");
        assertPending(tck, waiting, call[0]);
        List<DelayedCall> snapshot = tck.reactor().getDelayedCalls();
        tck.turns(2);
        assertTrue(inside.get(), "expected: it is called; seen: it isn't");
        assertFalse(call[0].active(), "expected: it isn't active when it was called; seen: it is");
        assertEquals(time, call[0].getTime(), "expected: the time it was due stays");
        assertPending(tck, waiting);
        assertEquals(2, snapshot.size(), "expected: an old snapshot doesn't change");
        assertThrows(UnsupportedOperationException.class, () -> snapshot.remove(0), "expected: an immutable list");
        waiting.cancel();
        assertPending(tck);
    }

    private static void assertPending(TckContext tck, DelayedCall... expected) {
        List<DelayedCall> seen = tck.reactor().getDelayedCalls();
        boolean same = seen.size() == expected.length
                && List.of(expected).stream().allMatch(one -> seen.stream().anyMatch(other -> one == other));
        assertTrue(same, () -> "expected: these calls are pending: " + List.of(expected) + "; seen: " + seen);
    }

    @Rule("TIME-10")
    void aThrowingCallReachesTheHandlerAndTheOthersAreMade(TckContext tck) {
        List<Throwable> thrown = List.of(
                new IllegalStateException("a test's"),
                new AssertionError("a test's"),
                new StackOverflowError("a test's"));
        for (Throwable each : thrown) {
            tck.reactor().callLater(0, () -> {
                tck.log("fails");
                if (each instanceof RuntimeException e) {
                    throw e;
                }
                throw (Error) each;
            });
            tck.reactor().callLater(0, () -> tck.log("works"));
        }
        tck.turns(1);
        assertEquals(List.of("fails", "works", "fails", "works", "fails", "works"), tck.takeEvents());
        List<TckContext.Handled> handled = tck.takeHandled();
        assertEquals(thrown, handled.stream().map(TckContext.Handled::thrown).toList());
    }

    @Rule("TIME-13")
    void aMillionCancelledCallsLeaveNothingBehind(TckContext tck) throws Exception {
        int count = 1_000_000;
        List<DelayedCall> calls = new ArrayList<>(count);
        Random random = new Random(13);
        for (int i = 0; i < count; i++) {
            calls.add(tck.reactor().callLater(LATER + random.nextInt(1_000_000_000), () -> tck.log("called")));
        }
        assertEquals(count, tck.reactor().getDelayedCalls().size());
        Collections.shuffle(calls, random);
        List<WeakReference<DelayedCall>> sample = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DelayedCall call = calls.get(i);
            call.cancel();
            if (i % 1000 == 0) {
                sample.add(new WeakReference<>(call));
            }
        }
        calls.clear();
        assertEquals(List.of(), tck.reactor().getDelayedCalls());
        assertCollected(tck, sample);
        tck.assertSleeps("after a million calls were cancelled");
        assertEquals(List.of(), tck.takeEvents());
    }

    @Rule("TIME-13")
    void aMillionResetsCostLittle(TckContext tck) {
        List<DelayedCall> calls = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            calls.add(tck.reactor().callLater(LATER, () -> fail("expected: it isn't due for an hour; seen: called")));
        }
        Random random = new Random(13);
        for (int i = 0; i < 1_000_000; i++) {
            calls.get(random.nextInt(calls.size())).reset(LATER + random.nextInt(1_000_000_000));
            if (i % 100_000 == 99_999) {
                assertEquals(calls.size(), tck.reactor().getDelayedCalls().size());
            }
        }
        tck.assertSleeps("after a million resets");
    }
}
