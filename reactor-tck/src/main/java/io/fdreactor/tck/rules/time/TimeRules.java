// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.Capability;
import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Level;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.EndPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** TIME: when calls are made. */
public abstract class TimeRules {
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    @Rule("TIME-01")
    void aCallWithoutDelayIsMadeInALaterTurn(TckContext tck) {
        tck.reactor().callLater(0, () -> {
            tck.log("outer");
            tck.reactor().callLater(0, () -> tck.log("inner"));
            tck.log("outer ends");
        });
        assertEquals(List.of(), tck.takeEvents(), "expected: nothing is called inside callLater");
        tck.turns(1);
        assertEquals(List.of("outer", "outer ends"), tck.takeEvents(), "expected: the inner call waits for a turn");
        tck.turns(1);
        assertEquals(List.of("inner"), tck.takeEvents());
    }

    @Rule("TIME-01")
    void alsoACallThatAThreadCallSchedulesWaitsForATurn(TckContext tck) throws Exception {
        Probe writer = tck.probe("writer", tck.fixtures().connectedPair().watched());
        tck.reactor().callFromThread(() -> tck.reactor().callLater(0, () -> tck.log("for a thread call")));
        tck.turns(1);
        assertEquals(List.of(), tck.takeEvents(), "expected: a call in a later turn than it was scheduled in");
        tck.turns(1);
        assertEquals(List.of("for a thread call"), tck.takeEvents());
        tck.reactor().addWriter(writer.onWrite(() -> {
            tck.reactor().removeWriter(writer);
            tck.reactor().callLater(0, () -> tck.log("for a descriptor"));
        }));
        tck.turns(1);
        assertEquals(List.of("writer doWrite"), tck.takeEvents());
        tck.turns(1);
        assertEquals(List.of("for a descriptor"), tck.takeEvents());
    }

    @Rule("TIME-02")
    void noCallIsEarly(TckContext tck) {
        long[] delays = {
            0,
            1,
            999,
            1_000,
            50_000,
            100_000,
            499_999,
            500_000,
            999_999,
            1_000_000,
            1_000_001,
            1_500_000,
            3_100_000,
            9_999_999,
            10_400_000
        };
        for (int round = 0; round < 10; round++) {
            for (long delay : delays) {
                AtomicBoolean made = new AtomicBoolean();
                long asked = tck.reactor().nanoTime();
                DelayedCall[] call = new DelayedCall[1];
                call[0] = tck.reactor().callLater(delay, () -> {
                    long late = tck.reactor().nanoTime() - call[0].getTime();
                    assertTrue(late >= 0, () -> "expected: a call at its time or later; seen: " + -late + " ns early");
                    made.set(true);
                });
                long time = call[0].getTime();
                assertTrue(
                        time - asked >= delay,
                        () -> "expected: due " + delay + " ns after the call or later; seen: " + (time - asked));
                tck.turnsUntil("a call after " + delay + " ns", made::get);
            }
        }
    }

    @Rule("TIME-02")
    void noCallIsEarlyWhileDescriptorsAreBusy(TckContext tck) throws Exception {
        tck.reactor().addWriter(tck.probe("busy", tck.fixtures().connectedPair().watched()));
        AtomicInteger made = new AtomicInteger();
        for (int i = 0; i < 50; i++) {
            long due = tck.reactor().nanoTime() + i * MILLISECOND / 7;
            tck.reactor().callLater(i * MILLISECOND / 7, () -> {
                assertTrue(tck.reactor().nanoTime() - due >= 0, "expected: no call is early; seen: one is");
                made.incrementAndGet();
            });
        }
        tck.turnsUntil("50 calls", () -> made.get() == 50);
    }

    @Rule("TIME-02")
    void theLastMomentsBeforeACallAreSleptToo(TckContext tck) {
        int calls = 50;
        int turns = 0;
        for (int i = 0; i < calls; i++) {
            AtomicBoolean made = new AtomicBoolean();
            // Either is 0 milliseconds if cut off, and the one if rounded to the nearest.
            tck.reactor().callLater(i % 2 == 0 ? 400_000 : 900_000, () -> {
                made.set(true);
                tck.stayAwake();
            });
            while (!made.get()) {
                tck.reactor().iterate(Long.MAX_VALUE);
                turns++;
            }
        }
        // For each a turn that sleeps and one that makes the call; more, and waits are too short.
        int most = 4 * calls;
        int seen = turns;
        assertTrue(
                turns <= most,
                () -> "expected: the loop sleeps until a call is due, " + calls + " times within " + most
                        + " turns; seen: " + seen + " turns");
    }

    @Rule("TIME-03")
    void callsAreMadeInTheOrderOfTheirTimes(TckContext tck) {
        Random random = new Random(3);
        List<DelayedCall> calls = new ArrayList<>();
        List<Integer> made = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            int number = i;
            calls.add(tck.reactor().callLater(random.nextInt(20_000_000), () -> made.add(number)));
        }
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            expected.add(i);
        }
        expected.sort(Comparator.comparingLong(
                i -> calls.get(i).getTime() - calls.get(0).getTime()));
        tck.turnsUntil("1,000 calls", () -> made.size() == 1000);
        assertEquals(expected, made);
    }

    @Rule("TIME-03")
    void callsOfOneTimeAreMadeInTheOrderOfScheduling(TckContext tck) {
        List<Integer> made = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        List<DelayedCall> calls = new ArrayList<>();
        long ahead = 30 * MILLISECOND;
        long time;
        do {
            calls.forEach(DelayedCall::cancel);
            calls.clear();
            expected.clear();
            time = tck.reactor().nanoTime() + ahead;
            for (int i = 0; i < 300; i++) {
                int number = i;
                DelayedCall call = tck.reactor().callLater(1000 * MILLISECOND, () -> made.add(number));
                call.delay(time - call.getTime());
                calls.add(call);
                expected.add(number);
            }
            ahead *= 2;
            // Of what was over before all of it was scheduled, nothing can be said.
        } while (tck.reactor().nanoTime() >= time);
        for (DelayedCall call : calls) {
            assertEquals(time, call.getTime(), "expected: delay counts from the time that the call had");
        }
        tck.turnsUntil("300 calls", () -> made.size() == 300);
        assertEquals(expected, made);
    }

    @Rule("TIME-03")
    void callsWithoutDelayAreMadeInTheOrderOfScheduling(TckContext tck) {
        List<Integer> made = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int number = i;
            tck.reactor().callLater(0, () -> made.add(number));
            expected.add(number);
        }
        tck.turns(1);
        assertEquals(expected, made);
    }

    @Rule("TIME-03")
    void callsThatAreFarOffAreNotInTheWay(TckContext tck) {
        List<DelayedCall> far = new ArrayList<>();
        for (long seconds : new long[] {3, 4, 5, 60, 3_600, 86_400, 2_500_000}) {
            far.add(tck.reactor().callLater(Duration.ofSeconds(seconds), () -> tck.log("far off")));
        }
        for (int i = 1; i <= 20; i++) {
            int number = i;
            tck.reactor().callLater(i * MILLISECOND / 4, () -> tck.log("call " + number));
        }
        int all = tck.reactor().getDelayedCalls().size();
        tck.turnsUntil(
                "20 calls within milliseconds",
                () -> tck.reactor().getDelayedCalls().size() <= all - 20);
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            expected.add("call " + i);
        }
        List<String> seen = tck.takeEvents();
        seen.removeIf("far off"::equals);
        assertEquals(expected, seen);
    }

    @Rule("TIME-07")
    void aDelayThatIsNoneIsRefused(TckContext tck) {
        IReactorTime time = tck.reactor();
        assertThrows(IllegalArgumentException.class, () -> time.callLater(-1, () -> {}));
        assertThrows(IllegalArgumentException.class, () -> time.callLater(Long.MIN_VALUE, () -> {}));
        assertThrows(IllegalArgumentException.class, () -> time.callLater(Duration.ofNanos(-1), () -> {}));
        assertThrows(NullPointerException.class, () -> time.callLater(nothing(), () -> {}));
        assertThrows(NullPointerException.class, () -> time.callLater(0, nothing()));
        assertEquals(List.of(), time.getDelayedCalls(), "expected: nothing is scheduled by what was refused");
        tck.turns(1);
    }

    /** What a caller without null checks may pass. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    @Rule("TIME-07")
    void aHugeDelayIsCutAndNeitherOverflowsNorSpins(TckContext tck) {
        List<DelayedCall> calls = new ArrayList<>();
        long earliest = tck.reactor().nanoTime() + Duration.ofDays(365).toNanos();
        calls.add(tck.reactor().callLater(Long.MAX_VALUE, () -> tck.log("early")));
        calls.add(tck.reactor().callLater(Long.MAX_VALUE / 2, () -> tck.log("early")));
        calls.add(tck.reactor().callLater(IReactorTime.MAX_DELAY_NANOS, () -> tck.log("early")));
        calls.add(tck.reactor().callLater(Duration.ofSeconds(Long.MAX_VALUE), () -> tck.log("early")));
        DelayedCall reset = tck.reactor().callLater(0, () -> tck.log("early"));
        reset.reset(Long.MAX_VALUE);
        DelayedCall delayed = tck.reactor().callLater(0, () -> tck.log("early"));
        delayed.delay(Long.MAX_VALUE);
        delayed.delay(Long.MAX_VALUE);
        calls.add(reset);
        calls.add(delayed);
        for (DelayedCall call : calls) {
            long after = call.getTime() - tck.reactor().nanoTime();
            assertTrue(
                    call.getTime() - earliest >= 0 && after <= IReactorTime.MAX_DELAY_NANOS,
                    () -> "expected: due in years, and within MAX_DELAY_NANOS; seen: in " + after + " ns");
        }
        tck.assertSleepsUntilWoken("with calls that are due in years");
        assertEquals(List.of(), tck.takeEvents());
        assertEquals(calls.size(), tck.reactor().getDelayedCalls().size());
    }

    @Rule("TIME-07")
    void delaysOfDaysAndWeeksDoNotSpin(TckContext tck) {
        for (long millis : new long[] {Integer.MAX_VALUE - 1L, Integer.MAX_VALUE + 1L, 1L << 32, (1L << 32) + 1}) {
            DelayedCall call = tck.reactor().callLater(Duration.ofMillis(millis), () -> tck.log("early"));
            tck.assertSleepsUntilWoken("with a call due in " + millis + " ms");
            call.cancel();
        }
        assertEquals(List.of(), tck.takeEvents());
    }

    @Rule("TIME-08")
    void aCallThatReschedulesItselfStarvesNobody(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        pair.other().send("a");
        pair.watched().awaitReadable();
        Probe reader = tck.probe("reader", pair.watched());
        tck.reactor().addReader(reader);
        AtomicInteger spins = new AtomicInteger();
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            spins.incrementAndGet();
            tck.reactor().callLater(0, again[0]);
        };
        tck.reactor().callLater(0, again[0]);
        tck.reactor().callFromThread(() -> tck.log("called"));
        tck.turns(3);
        assertEquals(3, spins.get(), "expected: once a turn");
        assertEquals(1, Collections.frequency(tck.takeEvents(), "called"), "expected: thread calls are made");
        reader.assertTold("doRead", "doRead", "doRead");
    }

    @Rule("TIME-09")
    void aReadyDescriptorDelaysACallByNoMoreThanATurn(TckContext tck) throws Exception {
        Probe busy = tck.probe("busy", tck.fixtures().connectedPair().watched());
        tck.reactor().addWriter(busy);
        for (int i = 0; i < 20; i++) {
            AtomicBoolean made = new AtomicBoolean();
            DelayedCall call = tck.reactor().callLater(MILLISECOND, () -> made.set(true));
            while (tck.reactor().nanoTime() - call.getTime() < 0) {
                tck.reactor().iterate(Long.MAX_VALUE);
            }
            tck.turns(1);
            assertTrue(made.get(), "expected: the call is made in the turn after it is due; seen: it isn't");
        }
        assertTrue(busy.takeEvents().contains("doWrite"), "expected: the descriptor is served too");
    }

    @Rule("TIME-11")
    void aCallFromAThreadMayShortenASleep(TckContext tck) throws Exception {
        tck.reactor().callLater(Duration.ofDays(1), () -> {});
        CountDownLatch done = new CountDownLatch(1);
        Thread other = tck.start("caller", () -> {
            Random random = new Random(11);
            for (int i = 0; i < 2000; i++) {
                CountDownLatch made = new CountDownLatch(1);
                long delay = random.nextInt(100_000);
                tck.reactor().callFromThread(() -> tck.reactor().callLater(delay, made::countDown));
                tck.await("a call " + delay + " ns after it was scheduled from another thread", made);
                for (int spin = random.nextInt(1000); spin > 0; spin--) {
                    Thread.onSpinWait();
                }
            }
            done.countDown();
        });
        while (other.isAlive()) {
            tck.reactor().iterate(TimeUnit.SECONDS.toNanos(1));
        }
        assertEquals(0, done.getCount(), "expected: 2,000 calls are made; seen: some never were");
    }

    @Rule(value = "TIME-12", level = Level.SHOULD)
    @Requires(Capability.NANO_TIMEOUT)
    void shortDelaysAreMetClosely(TckContext tck) {
        long delay = 200_000;
        long[] late = new long[200];
        for (int i = 0; i < late.length; i++) {
            AtomicBoolean made = new AtomicBoolean();
            int number = i;
            long due = tck.reactor().nanoTime() + delay;
            tck.reactor().callLater(delay, () -> {
                late[number] = tck.reactor().nanoTime() - due;
                made.set(true);
            });
            tck.turnsUntil("a call after " + delay + " ns", made::get);
        }
        Arrays.sort(late);
        long median = late[late.length / 2];
        tck.note("calls after 200 microseconds are " + median / 1000 + " microseconds late (median)");
        assertTrue(
                median <= 100_000,
                () -> "expected: at most 100 microseconds late; seen: " + median / 1000 + " (median)");
    }
}
