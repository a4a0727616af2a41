// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.EventPhase;
import io.fdreactor.IReactorCore;
import io.fdreactor.Reactor;
import io.fdreactor.SystemEventTrigger;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.EndPair;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** CORE: what is called when a reactor starts, when it ends, and around events of the user's naming. */
public abstract class CoreEventRules {
    private static final String OWN = "an event of the test's naming";

    @Rule("CORE-03")
    void callsForTheStartAreMadeInOrderAndLaterOnesAtOnce(TckContext tck) {
        Reactor reactor = tck.reactor();
        Optional<SystemEventTrigger> first = reactor.callWhenRunning(() -> tck.log("first"));
        Optional<SystemEventTrigger> unwanted = reactor.callWhenRunning(() -> tck.log("unwanted"));
        reactor.callWhenRunning(() -> {
            tck.log("second");
            Optional<SystemEventTrigger> now = reactor.callWhenRunning(() -> tck.log("at once"));
            tck.log("then");
            assertTrue(now.isEmpty(), "expected: nothing to take back once it is called; seen: a trigger");
        });
        assertTrue(first.isPresent(), "expected: a trigger to take back; seen: none");
        assertTrue(reactor.removeSystemEventTrigger(unwanted.orElseThrow()), "expected: true; seen: false");
        assertEquals(List.of(), tck.takeEvents(), "expected: nothing is called before the start");
        tck.turns(1);
        assertEquals(List.of("first", "second", "at once", "then"), tck.takeEvents());
        reactor.callWhenRunning(() -> tck.log("between turns"));
        assertEquals(List.of("between turns"), tck.takeEvents(), "expected: it is called at once");
        tck.turns(1);
        assertEquals(List.of(), tck.takeEvents(), "expected: each once");
    }

    @Rule("CORE-04")
    void triggersFireInPhasesAndInOrder(TckContext tck) {
        Reactor reactor = tck.reactor();
        for (int i = 0; i < 2; i++) {
            int number = i;
            for (EventPhase phase : List.of(EventPhase.AFTER, EventPhase.BEFORE, EventPhase.DURING)) {
                SystemEventTrigger trigger =
                        reactor.addSystemEventTrigger(phase, OWN, () -> tck.log(phase + " " + number));
                assertEquals(phase, trigger.phase());
                assertEquals(OWN, trigger.eventType());
            }
        }
        reactor.addSystemEventTrigger(EventPhase.BEFORE, "another event", () -> tck.log("another event"));
        tck.turns(1);
        reactor.fireSystemEvent(OWN);
        tck.turns(1);
        assertEquals(List.of("BEFORE 0", "BEFORE 1", "DURING 0", "DURING 1", "AFTER 0", "AFTER 1"), tck.takeEvents());
        reactor.fireSystemEvent(OWN);
        tck.turns(1);
        assertEquals(List.of(), tck.takeEvents(), "expected: what has fired is forgotten");
    }

    @Rule("CORE-04")
    void triggersCanBeTakenBackAtAnyPoint(TckContext tck) {
        Reactor reactor = tck.reactor();
        SystemEventTrigger early = reactor.addSystemEventTrigger(EventPhase.BEFORE, OWN, () -> tck.log("early"));
        SystemEventTrigger[] others = new SystemEventTrigger[2];
        SystemEventTrigger remover = reactor.addSystemEventTrigger(EventPhase.BEFORE, OWN, () -> {
            tck.log("remover");
            assertTrue(reactor.removeSystemEventTrigger(others[0]), "expected: it was still to fire; seen: false");
            assertTrue(reactor.removeSystemEventTrigger(others[1]), "expected: it was still to fire; seen: false");
            assertFalse(reactor.removeSystemEventTrigger(others[1]), "expected: it was gone; seen: true");
        });
        others[0] = reactor.addSystemEventTrigger(EventPhase.BEFORE, OWN, () -> tck.log("same phase"));
        others[1] = reactor.addSystemEventTrigger(EventPhase.AFTER, OWN, () -> tck.log("later phase"));
        reactor.addSystemEventTrigger(EventPhase.AFTER, OWN, () -> tck.log("last"));
        assertTrue(reactor.removeSystemEventTrigger(early), "expected: it was still to fire; seen: false");
        assertFalse(reactor.removeSystemEventTrigger(early), "expected: it was gone; seen: true");
        tck.turns(1);
        reactor.fireSystemEvent(OWN);
        tck.turns(1);
        assertEquals(List.of("remover", "last"), tck.takeEvents());
        assertFalse(reactor.removeSystemEventTrigger(remover), "expected: it has fired; seen: true");
    }

    @Rule("CORE-04")
    void anActionAddedTwiceMakesTwoTriggers(TckContext tck) {
        Reactor reactor = tck.reactor();
        Runnable action = () -> tck.log("called");
        tck.turns(1);
        for (int i = 0; i < 3; i++) {
            reactor.addSystemEventTrigger(EventPhase.DURING, OWN, action);
        }
        SystemEventTrigger removed = reactor.addSystemEventTrigger(EventPhase.DURING, OWN, action);
        assertTrue(reactor.removeSystemEventTrigger(removed), "expected: it was still to fire; seen: false");
        reactor.fireSystemEvent(OWN);
        assertEquals(
                List.of("called", "called", "called"),
                tck.takeEvents(),
                "expected: each addition is a trigger, and one of four is gone");
    }

    @Rule("CORE-04")
    void whatATriggerThrowsIsReportedAndTheOthersFire(TckContext tck) {
        Reactor reactor = tck.reactor();
        for (EventPhase phase : EventPhase.values()) {
            reactor.addSystemEventTrigger(phase, IReactorCore.SHUTDOWN, () -> {
                throw new IllegalStateException("a test's, " + phase);
            });
            reactor.addSystemEventTrigger(phase, IReactorCore.SHUTDOWN, () -> tck.log(phase.name()));
        }
        reactor.callWhenRunning(reactor::stop);
        reactor.run();
        assertEquals(List.of("BEFORE", "DURING", "AFTER"), tck.takeEvents());
        assertEquals(
                List.of("a test's, BEFORE", "a test's, DURING", "a test's, AFTER"),
                tck.takeHandled().stream()
                        .map(handled -> handled.thrown().getMessage())
                        .toList());
    }

    @Rule("CORE-05")
    void aStageHoldsTheNextPhaseBackWhileTheLoopServes(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        CompletableFuture<String> one = new CompletableFuture<>();
        CompletableFuture<String> other = new CompletableFuture<>();
        Probe busy = tck.probe("busy", tck.fixtures().connectedPair().watched());
        reactor.addWriter(busy);
        reactor.addSystemEventTrigger(EventPhase.BEFORE, IReactorCore.SHUTDOWN, () -> one);
        reactor.addSystemEventTrigger(EventPhase.BEFORE, IReactorCore.SHUTDOWN, () -> other);
        reactor.addSystemEventTrigger(EventPhase.DURING, IReactorCore.SHUTDOWN, () -> tck.log("during"));
        tck.turns(1);
        reactor.stop();
        reactor.callLater(0, () -> tck.log("timed call"));
        tck.turns(3);
        List<String> served = tck.takeEvents();
        assertTrue(
                served.contains("timed call") && served.contains("busy doWrite") && !served.contains("during"),
                () -> "expected: timed calls and descriptors are served, and the phase waits; seen: " + served);
        other.completeExceptionally(new IllegalStateException("a test's"));
        tck.turns(3);
        List<String> half = tck.takeEvents();
        assertFalse(half.contains("during"), () -> "expected: the phase waits for the other stage; seen: " + half);
        one.complete("done");
        tck.turnsToTheEnd();
        assertTrue(tck.takeEvents().contains("during"), "expected: the phase follows the stages; seen: it doesn't");
        tck.takeHandled();
    }

    @Rule("CORE-05")
    void aStageCompletedByAnotherThreadGoesOnInTheReactors(TckContext tck) {
        Reactor reactor = tck.reactor();
        CompletableFuture<String> modelFiles = new CompletableFuture<>();
        AtomicReference<Thread> during = new AtomicReference<>();
        reactor.addSystemEventTrigger(EventPhase.BEFORE, IReactorCore.SHUTDOWN, () -> {
            CountDownLatch waiting = new CountDownLatch(1);
            tck.start("completer", () -> {
                tck.await("the loop turns again", waiting);
                modelFiles.complete("done");
            });
            // Not before the reactor has heard of the stage, or it may be complete by then.
            reactor.callLater(0, waiting::countDown);
            return modelFiles;
        });
        reactor.addSystemEventTrigger(
                EventPhase.DURING, IReactorCore.SHUTDOWN, () -> during.set(Thread.currentThread()));
        reactor.callWhenRunning(reactor::stop);
        reactor.run();
        assertSame(Thread.currentThread(), during.get(), "expected: triggers fire in the reactor's thread");
    }

    @Rule("CORE-05")
    void aStageHoldsTheStartBackToo(TckContext tck) {
        Reactor reactor = tck.reactor();
        CompletableFuture<String> modelFiles = new CompletableFuture<>();
        reactor.addSystemEventTrigger(EventPhase.BEFORE, IReactorCore.STARTUP, () -> modelFiles);
        reactor.callWhenRunning(() -> tck.log("running"));
        tck.turns(3);
        assertEquals(List.of(), tck.takeEvents(), "expected: the start waits for the stage");
        assertFalse(reactor.isRunning(), "expected: it doesn't run yet; seen: it does");
        modelFiles.complete("done");
        tck.turnsUntil("the start", reactor::isRunning);
        assertEquals(List.of("running"), tck.takeEvents());
    }

    @Rule("CORE-05")
    void noStageAndAFailedTriggerHoldNothingBack(TckContext tck) {
        Reactor reactor = tck.reactor();
        reactor.addSystemEventTrigger(EventPhase.BEFORE, OWN, () -> CompletableFuture.completedFuture("done"));
        reactor.addSystemEventTrigger(EventPhase.DURING, OWN, () -> new CompletableFuture<String>());
        reactor.addSystemEventTrigger(EventPhase.AFTER, OWN, () -> tck.log("after"));
        tck.turns(1);
        reactor.fireSystemEvent(OWN);
        tck.turns(1);
        assertEquals(List.of("after"), tck.takeEvents());
    }

    @Rule("CORE-06")
    void aShutdownThatIsFiredInACallbackWaitsForItsReturn(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        pair.other().send("a");
        pair.watched().awaitReadable();
        Reactor reactor = tck.reactor();
        Probe reader = tck.probe("reader", pair.watched());
        reactor.addReader(reader.onRead(() -> {
            reactor.fireSystemEvent(IReactorCore.SHUTDOWN);
            tck.log("doRead returns");
        }));
        reactor.run();
        assertEquals(List.of("reader doRead", "doRead returns", "reader lost ConnectionLost"), tck.takeEvents());
    }

    @Rule("CORE-11")
    void theEndCompletesItsStage(TckContext tck) {
        Reactor reactor = tck.reactor();
        assertTrue(reactor.isInReactorThread(), "expected: it belongs to the thread that opened it; seen: it doesn't");
        reactor.callWhenRunning(() -> {
            assertFalse(reactor.terminated().toCompletableFuture().isDone(), "expected: it runs; seen: it has ended");
            reactor.stop();
        });
        reactor.run();
        assertTrue(reactor.terminated().toCompletableFuture().isDone(), "expected: it has ended; seen: it hasn't");
        assertFalse(reactor.isInReactorThread(), "expected: it belongs to nobody; seen: it does");
    }

    @Rule("CORE-15")
    void anyOtherErrorIsTheCallbacksOwn(TckContext tck) {
        Reactor reactor = tck.reactor(config -> config.exceptionHandler(
                (thrown, doing, descriptor) -> tck.log(thrown.getClass().getSimpleName())));
        AtomicBoolean later = new AtomicBoolean();
        for (Error thrown : List.of(new InternalError("a test's"), new AssertionError(), new StackOverflowError())) {
            reactor.callFromThread(() -> {
                throw thrown;
            });
        }
        reactor.callFromThread(() -> later.set(true));
        tck.turnsUntil("a later call", later::get);
        assertEquals(List.of("InternalError", "AssertionError", "StackOverflowError"), tck.takeEvents());
    }
}
