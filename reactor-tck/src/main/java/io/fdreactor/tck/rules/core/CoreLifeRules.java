// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.EventPhase;
import io.fdreactor.IReactorCore;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorAlreadyRunning;
import io.fdreactor.ReactorNotRestartable;
import io.fdreactor.ReactorNotRunning;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.EndPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** CORE: to run, to stop, to crash, to sleep. */
public abstract class CoreLifeRules {
    @Rule("CORE-01")
    void runReturnsAfterStop(TckContext tck) {
        Reactor reactor = tck.reactor();
        assertFalse(reactor.isRunning(), "expected: it doesn't run yet; seen: it does");
        assertThrows(ReactorNotRunning.class, reactor::stop);
        reactor.callWhenRunning(() -> {
            assertTrue(reactor.isRunning(), "expected: it runs; seen: it doesn't");
            assertThrows(ReactorAlreadyRunning.class, reactor::run);
            reactor.stop();
            reactor.stop();
            tck.log("stopped");
        });
        reactor.run();
        assertEquals(List.of("stopped"), tck.takeEvents());
        assertFalse(reactor.isRunning(), "expected: it runs no more; seen: it does");
        assertThrows(ReactorNotRestartable.class, reactor::run);
        reactor.stop();
    }

    @Rule("CORE-01")
    void stopLetsTheTurnEndFirst(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        reactor.addSystemEventTrigger(EventPhase.BEFORE, IReactorCore.SHUTDOWN, () -> tck.log("shutdown"));
        reactor.callLater(0, () -> {
            reactor.stop();
            tck.log("stop returned");
        });
        reactor.callLater(0, () -> tck.log("next call of the turn"));
        reactor.run();
        assertEquals(List.of("stop returned", "next call of the turn", "shutdown"), tck.takeEvents());
    }

    @Rule("CORE-01")
    void stopWorksFromAnotherThreadAndFromADescriptor(TckContext tck) throws Exception {
        Reactor first = tck.reactor();
        tck.start("stopper", () -> {
            tck.await("the reactor runs", first::isRunning);
            first.callFromThread(first::stop);
        });
        first.run();
        Reactor second = tck.open(config -> {});
        second.addWriter(
                tck.probe("stopper", tck.fixtures().connectedPair().watched()).onWrite(second::stop));
        second.run();
        assertEquals(List.of("stopper doWrite", "stopper lost ConnectionLost"), tck.takeEvents());
    }

    @Rule("CORE-02")
    void aReactorIsNotReEntered(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        AtomicInteger refused = new AtomicInteger();
        Runnable reenter = () -> {
            assertThrows(ReactorAlreadyRunning.class, () -> reactor.iterate(0));
            assertThrows(ReactorAlreadyRunning.class, reactor::run);
            refused.incrementAndGet();
        };
        Probe writer = tck.probe("writer", tck.fixtures().connectedPair().watched());
        reactor.addWriter(writer.onWrite(() -> {
            reenter.run();
            reactor.removeWriter(writer);
        }));
        reactor.callLater(0, reenter);
        reactor.callFromThread(reenter);
        tck.turnsUntil("three callbacks", () -> refused.get() == 3);
        reactor.callLater(0, () -> {
            reenter.run();
            reactor.stop();
        });
        reactor.run();
        assertEquals(4, refused.get());
    }

    @Rule("CORE-02")
    void iterateDrivesTheReactor(TckContext tck) {
        Reactor reactor = tck.reactor();
        reactor.callWhenRunning(() -> tck.log("started"));
        assertTrue(reactor.iterate(0), "expected: there is more to come; seen: false");
        assertEquals(List.of("started"), tck.takeEvents(), "expected: the first turn fires startup");
        assertTrue(reactor.isRunning(), "expected: it runs between the turns; seen: it doesn't");
        assertTrue(reactor.iterate(TimeUnit.MILLISECONDS.toNanos(5)), "expected: a wait ends; seen: so does the loop");
        reactor.callLater(TimeUnit.MILLISECONDS.toNanos(5), () -> {
            tck.log("called");
            tck.stayAwake();
        });
        while (tck.takeEvents().isEmpty()) {
            reactor.iterate(Long.MAX_VALUE);
        }
        reactor.addSystemEventTrigger(EventPhase.AFTER, IReactorCore.SHUTDOWN, () -> tck.log("shutdown"));
        reactor.stop();
        tck.turnsToTheEnd();
        assertEquals(List.of("shutdown"), tck.takeEvents());
        assertFalse(reactor.isRunning(), "expected: it runs no more; seen: it does");
    }

    @Rule("CORE-07")
    void crashFiresNothingAndLosesNobody(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        Probe both = tck.probe("both", tck.fixtures().connectedPair().watched());
        reactor.addWriter(both);
        for (EventPhase phase : EventPhase.values()) {
            reactor.addSystemEventTrigger(phase, IReactorCore.SHUTDOWN, () -> tck.log("shutdown " + phase));
        }
        reactor.callWhenRunning(() -> {
            tck.log("crashing");
            reactor.crash();
        });
        reactor.run();
        assertEquals("crashing", tck.takeEvents().get(0));
        assertFalse(reactor.isRunning(), "expected: it runs no more; seen: it does");
        assertEquals(List.of(both), reactor.getWriters(), "expected: descriptors stay");
        assertThrows(ReactorNotRunning.class, reactor::stop);
        reactor.callWhenRunning(() -> {
            tck.log("running again");
            both.takeEvents();
        });
        both.onWrite(reactor::stop);
        reactor.run();
        both.assertTold("doWrite", "lost ConnectionLost");
        List<String> events = tck.takeEvents();
        assertTrue(
                events.contains("running again") && events.contains("shutdown AFTER"),
                () -> "expected: startup and shutdown fire in the second run; seen: " + events);
    }

    @Rule("CORE-07")
    void crashLeavesTheCallsForTheNextRun(TckContext tck) {
        Reactor reactor = tck.reactor();
        reactor.callLater(0, () -> {
            reactor.callFromThread(() -> tck.log("thread call"));
            reactor.callLater(0, () -> tck.log("timed call"));
            reactor.crash();
        });
        reactor.run();
        assertEquals(List.of(), tck.takeEvents(), "expected: a crash ends the loop with this turn");
        reactor.callLater(1, () -> reactor.callLater(0, reactor::stop));
        reactor.run();
        assertEquals(List.of("thread call", "timed call"), tck.takeEvents());
    }

    @Rule("CORE-08")
    void startupFiresBeforeAnyOtherCallback(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        pair.other().send("a");
        pair.watched().awaitReadable();
        Reactor reactor = tck.reactor();
        reactor.callFromThread(() -> tck.log("thread call"));
        reactor.callLater(0, () -> tck.log("timed call"));
        reactor.addReader(tck.probe("reader", pair.watched()).onRead(reactor::stop));
        for (EventPhase phase : List.of(EventPhase.AFTER, EventPhase.DURING, EventPhase.BEFORE)) {
            reactor.addSystemEventTrigger(
                    phase, IReactorCore.STARTUP, () -> tck.log(phase + " running " + reactor.isRunning()));
        }
        reactor.run();
        List<String> events = tck.takeEvents();
        assertEquals(
                List.of("BEFORE running false", "DURING running true", "AFTER running true"), events.subList(0, 3));
        assertTrue(
                events.containsAll(List.of("thread call", "timed call", "reader doRead")),
                () -> "expected: the others come later; seen: " + events);
    }

    @Rule("CORE-12")
    void anIdleReactorSleeps(TckContext tck) throws Exception {
        tck.turns(2);
        tck.assertSleeps("with nothing registered");
        tck.reactor().addReader(tck.probe("idle", tck.fixtures().connectedPair().watched()));
        tck.reactor().addReader(tck.probe("idle too", tck.fixtures().listener().end()));
        tck.assertSleeps("with idle descriptors");
        tck.assertSleepsUntilWoken("with idle descriptors and without timers");
        tck.assertSleeps("after it was woken");
    }

    @Rule("CORE-12")
    void anIdleReactorDoesNotLookRound(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        reactor.addReader(tck.probe("idle", tck.fixtures().pipe().watched()));
        tck.turns(2);
        AtomicBoolean woken = new AtomicBoolean();
        long sleeps = sleepsOfThisThread();
        tck.start("waker", () -> {
            TimeUnit.SECONDS.sleep(2);
            reactor.callFromThread(() -> {
                woken.set(true);
                tck.stayAwake();
            });
        });
        int turns = 0;
        while (!woken.get()) {
            reactor.iterate(Long.MAX_VALUE);
            turns++;
        }
        int turned = turns;
        long slept = sleepsOfThisThread() - sleeps;
        assertTrue(
                // One sleeps, the next makes the call; an early end now and then is no habit.
                turned <= 5 && slept <= 12,
                () -> "expected: an idle loop sleeps until it is woken; seen: " + turned
                        + " turns in two seconds, and the thread went to sleep " + slept + " times");
    }

    /** How often this thread has let go of its processor by itself, where that can be told. Follows proc(5). */
    private static long sleepsOfThisThread() throws IOException {
        Path status = Path.of("/proc/thread-self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("voluntary_ctxt_switches:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        }
    }
}
