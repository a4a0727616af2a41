// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.EventPhase;
import io.fdreactor.IReactorCore;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorClosed;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.EndPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** THREAD: the bridge from other threads. */
public abstract class ThreadRules {
    private static final int PING_PONGS = 100_000;

    @Rule("THREAD-01")
    void callsFromEachThreadKeepTheirOrder(TckContext tck) {
        Reactor reactor = tck.reactor();
        int threads = 4;
        int each = 20_000;
        int[] next = new int[threads];
        AtomicInteger made = new AtomicInteger();
        Thread own = Thread.currentThread();
        for (int i = 0; i < threads; i++) {
            int caller = i;
            tck.start("caller " + i, () -> {
                for (int n = 0; n < each; n++) {
                    int number = n;
                    reactor.callFromThread(() -> {
                        assertSame(own, Thread.currentThread(), "expected: calls are made in the reactor's thread");
                        assertEquals(next[caller]++, number, "expected: one caller's calls keep their order");
                        made.incrementAndGet();
                    });
                }
            });
        }
        tck.turnsUntil(threads * each + " calls", () -> made.get() == threads * each);
    }

    @Rule("THREAD-01")
    void aCallWakesASleepingReactor(TckContext tck) {
        Reactor reactor = tck.reactor();
        tck.turns(1);
        AtomicBoolean made = new AtomicBoolean();
        CountDownLatch goes = new CountDownLatch(1);
        Thread own = Thread.currentThread();
        tck.start("caller", () -> {
            tck.await("the test is about to turn", goes);
            tck.await("the reactor sleeps", new StandsStill(own));
            reactor.callFromThread(() -> {
                made.set(true);
                tck.stayAwake();
            });
        });
        goes.countDown();
        while (!made.get()) {
            reactor.iterate(Long.MAX_VALUE);
        }
    }

    /**
     * Whether a thread seems to be in a wait: it stands where it stood each time that it was looked at. In a system call
     * it counts as runnable, and nothing tells how it got there (a native method is one way, java.lang.foreign shows
     * none), so this is a guess; a wrong one makes the test easier to pass.
     */
    private static final class StandsStill implements BooleanSupplier {
        private static final int LOOKS = 20;

        private final Thread thread;
        private StackTraceElement[] stack = {};
        private int looks;

        StandsStill(Thread thread) {
            this.thread = thread;
        }

        @Override
        public boolean getAsBoolean() {
            StackTraceElement[] before = stack;
            stack = thread.getStackTrace();
            looks = Arrays.equals(stack, before) ? looks + 1 : 0;
            return looks == LOOKS;
        }
    }

    @Rule("THREAD-01")
    void aCallFromTheReactorsOwnThreadComesLater(TckContext tck) {
        Reactor reactor = tck.reactor();
        tck.turns(1);
        reactor.callFromThread(() -> {
            tck.log("outer");
            reactor.callFromThread(() -> {
                tck.log("inner");
                tck.stayAwake();
            });
            tck.log("outer ends");
        });
        reactor.execute(() -> tck.log("executed"));
        assertEquals(List.of(), tck.takeEvents(), "expected: nothing is called inside callFromThread");
        tck.turns(1);
        assertEquals(List.of("outer", "outer ends", "executed"), tck.takeEvents());
        reactor.iterate(Long.MAX_VALUE);
        assertEquals(List.of("inner"), tck.takeEvents(), "expected: a call that waits ends the sleep");
    }

    @Rule("THREAD-02")
    void noWakeUpIsLost(TckContext tck) throws Exception {
        Reactor here = tck.reactor();
        Semaphore ping = new Semaphore(0);
        AtomicInteger left = new AtomicInteger(PING_PONGS);
        Thread other = tck.start("ping-pong", () -> {
            while (left.get() > 0) {
                ping.acquire();
                spin(left.get());
                here.callFromThread(() -> {
                    if (left.decrementAndGet() == 0) {
                        tck.stayAwake();
                    }
                    ping.release();
                });
            }
        });
        ping.release();
        while (left.get() > 0) {
            here.iterate(Long.MAX_VALUE);
        }
        tck.join(other);
    }

    /** Moves the next call about within the time that it takes the loop to fall asleep. */
    private static void spin(int round) {
        for (int i = round % 64 * 8; i > 0; i--) {
            Thread.onSpinWait();
        }
    }

    @Rule("THREAD-02")
    void noWakeUpIsLostBetweenTwoReactors(TckContext tck) throws Exception {
        Reactor here = tck.reactor();
        CountDownLatch running = new CountDownLatch(1);
        List<Reactor> opened = Collections.synchronizedList(new ArrayList<>());
        Thread runner = tck.start("second reactor", () -> {
            Reactor there = tck.open(config -> {});
            opened.add(there);
            there.callWhenRunning(running::countDown);
            there.run();
        });
        tck.await("the second reactor runs", running);
        Reactor there = opened.get(0);
        AtomicInteger left = new AtomicInteger(PING_PONGS);
        Runnable[] hop = new Runnable[2];
        hop[0] = () -> {
            if (left.decrementAndGet() > 0) {
                there.callFromThread(hop[1]);
            } else {
                tck.stayAwake();
            }
        };
        hop[1] = () -> here.callFromThread(hop[0]);
        here.callFromThread(hop[0]);
        while (left.get() > 0) {
            here.iterate(Long.MAX_VALUE);
        }
        there.callFromThread(there::stop);
        tck.join(runner);
    }

    @Rule("THREAD-03")
    void callsMadeBeforeTheStartAreMadeWhenItRuns(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        reactor.callFromThread(() -> tck.log("own"));
        tck.join(tck.start("caller", () -> reactor.callFromThread(() -> tck.log("other"))));
        assertEquals(List.of(), tck.takeEvents());
        reactor.callFromThread(reactor::stop);
        reactor.run();
        assertEquals(List.of("own", "other"), tck.takeEvents());
    }

    @Rule("THREAD-03")
    void everyCallThatWasAcceptedIsMade(TckContext tck) throws Exception {
        for (int round = 0; round < 20; round++) {
            Reactor reactor = tck.open(config -> {});
            AtomicInteger accepted = new AtomicInteger();
            AtomicInteger made = new AtomicInteger();
            Thread caller = tck.start("caller", () -> {
                try {
                    while (true) {
                        reactor.callFromThread(made::incrementAndGet);
                        accepted.incrementAndGet();
                    }
                } catch (ReactorClosed e) {
                    assertTrue(String.valueOf(e.getMessage()).contains("FDR-CLOSED"), "expected: a clear message");
                }
            });
            reactor.callLater(100_000L * round, reactor::stop);
            reactor.run();
            tck.join(caller);
            assertEquals(accepted.get(), made.get(), "expected: what was accepted before the end is made");
        }
    }

    @Rule("THREAD-03")
    void aCallMadeInTheLastPhaseIsMade(TckContext tck) {
        Reactor reactor = tck.reactor();
        reactor.addSystemEventTrigger(
                EventPhase.AFTER, IReactorCore.SHUTDOWN, () -> reactor.callFromThread(() -> tck.log("called")));
        reactor.callWhenRunning(reactor::stop);
        reactor.run();
        assertEquals(List.of("called"), tck.takeEvents(), "expected: what was accepted before the end is made");
    }

    @Rule("THREAD-03")
    void whatIsDroppedIsReported(TckContext tck) {
        Reactor reactor = tck.open(config -> {});
        for (int i = 0; i < 3; i++) {
            reactor.callFromThread(() -> tck.log("called"));
        }
        reactor.close();
        assertEquals(List.of(), tck.takeEvents(), "expected: a reactor that never ran calls nobody");
        List<TckContext.Handled> handled = tck.takeHandled();
        assertEquals(1, handled.size(), () -> "expected: the handler hears of the calls dropped; seen: " + handled);
        assertEquals(ReactorClosed.class, handled.get(0).thrown().getClass());
        String message = String.valueOf(handled.get(0).thrown().getMessage());
        assertTrue(message.contains("3"), () -> "expected: how many calls were dropped, 3; seen: " + message);
    }

    @Rule("THREAD-04")
    void aFloodOfCallsStarvesNobody(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        EndPair pair = tck.fixtures().connectedPair();
        pair.other().send("a");
        pair.watched().awaitReadable();
        Probe reader = tck.probe("reader", pair.watched());
        reactor.addReader(reader);
        AtomicInteger flood = new AtomicInteger();
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            if (flood.incrementAndGet() <= 3) {
                reactor.callFromThread(again[0]);
            }
        };
        reactor.callFromThread(again[0]);
        reactor.callLater(0, () -> tck.log("timed call"));
        tck.turns(3);
        assertEquals(3, flood.get(), "expected: what is queued during a turn's calls waits for the next turn");
        assertTrue(tck.takeEvents().contains("timed call"), "expected: timed calls are made; seen: none");
        reader.assertTold("doRead", "doRead", "doRead");
    }

    @Rule("THREAD-04")
    void aFloodFromAnotherThreadStarvesNobody(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        Probe writer = tck.probe("writer", tck.fixtures().connectedPair().watched());
        reactor.addWriter(writer);
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger queued = new AtomicInteger();
        AtomicInteger made = new AtomicInteger();
        Thread flooder = tck.start("flooder", () -> {
            while (!enough.get()) {
                if (queued.get() - made.get() < 10_000) {
                    queued.incrementAndGet();
                    reactor.callFromThread(made::incrementAndGet);
                }
            }
        });
        tck.turnsUntil("the flood", () -> made.get() > 0);
        writer.takeEvents();
        tck.turns(20);
        assertEquals(20, writer.takeEvents().size(), "expected: a ready descriptor is called in each turn");
        enough.set(true);
        tck.join(flooder);
    }

    @Rule("THREAD-05")
    void wakeUpsCoalesceWhileTheLoopIsBusy(TckContext tck) {
        Reactor reactor = tck.reactor();
        AtomicInteger made = new AtomicInteger();
        tck.turns(1);
        reactor.callLater(0, () -> {
            long calls = tck.pollerCalls(reactor);
            Thread caller = tck.start("caller", () -> {
                for (int i = 0; i < 10_000; i++) {
                    reactor.callFromThread(made::incrementAndGet);
                }
            });
            try {
                tck.join(caller);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            long wakeups = tck.pollerCalls(reactor) - calls;
            assertTrue(wakeups <= 1, () -> "expected: at most one call to the poller; seen: " + wakeups);
        });
        tck.turnsUntil("10,000 calls", () -> made.get() == 10_000);
    }

    @Rule("THREAD-07")
    void anInterruptNeitherSpinsNorEndsTheLoop(TckContext tck) {
        Thread.currentThread().interrupt();
        tck.assertSleeps("on an interrupted thread");
        tck.assertSleepsUntilWoken("on an interrupted thread, without timers");
        assertTrue(Thread.interrupted(), "expected: the interrupt is still set when iterate returns; seen: it isn't");
    }

    @Rule("THREAD-07")
    void interruptsThatComeDuringAWaitAreKept(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        Thread runner = Thread.currentThread();
        AtomicInteger made = new AtomicInteger();
        int times = 20;
        reactor.callWhenRunning(() -> tck.start("interrupter", () -> {
            for (int i = 0; i < times; i++) {
                runner.interrupt();
                CountDownLatch served = new CountDownLatch(1);
                reactor.callFromThread(() -> {
                    made.incrementAndGet();
                    served.countDown();
                });
                tck.await("a call after an interrupt", served);
            }
            reactor.callFromThread(reactor::stop);
        }));
        reactor.run();
        assertTrue(Thread.interrupted(), "expected: the interrupt is still set when run returns; seen: it isn't");
        assertEquals(times, made.get(), "expected: calls are made after an interrupt");
    }

    @Rule("THREAD-08")
    void aThrowingCallReachesTheHandlerAndTheOthersAreMade(TckContext tck) {
        Reactor reactor = tck.reactor();
        List<RuntimeException> thrown =
                List.of(new IllegalStateException("a test's"), new IllegalArgumentException("a test's"));
        for (RuntimeException each : thrown) {
            reactor.callFromThread(() -> {
                throw each;
            });
            reactor.callFromThread(() -> tck.log("works"));
        }
        reactor.callFromThread(() -> {
            throw new AssertionError("a test's");
        });
        reactor.callFromThread(() -> tck.log("works"));
        tck.turns(1);
        assertEquals(List.of("works", "works", "works"), tck.takeEvents());
        List<TckContext.Handled> handled = tck.takeHandled();
        assertEquals(3, handled.size());
        assertSame(thrown.get(0), handled.get(0).thrown());
        assertSame(thrown.get(1), handled.get(1).thrown());
        assertEquals(AssertionError.class, handled.get(2).thrown().getClass());
    }
}
