// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.core;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.Capability;
import io.fdreactor.ConnectionLost;
import io.fdreactor.DelayedCall;
import io.fdreactor.EventPhase;
import io.fdreactor.IReactorCore;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorClosed;
import io.fdreactor.ReactorException;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.tck.context.NetFixtures;
import io.fdreactor.tck.context.OwnedMethods;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.Recorder;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.End;
import io.fdreactor.tck.fixture.EndPair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.function.Executable;

/** CORE: how a reactor ends, and what it leaves. */
public abstract class CoreEndRules {
    @Rule("CORE-06")
    void shutdownTellsEveryDescriptorOnce(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            probes.add(tck.probe("probe" + i, tck.fixtures().connectedPair().watched()));
        }
        if (tck.claims(Capability.ALWAYS_READY_FILES)) {
            probes.add(tck.probe("file", tck.fixtures().alwaysReadyFile()));
        }
        for (Probe probe : probes) {
            reactor.addReader(probe);
            reactor.addWriter(probe);
        }
        reactor.removeReader(probes.get(0));
        reactor.removeWriter(probes.get(1));
        probes.get(1).onLost(reason -> {
            throw new IllegalStateException("a test's");
        });
        Probe removed = tck.probe("removed", tck.fixtures().connectedPair().watched());
        reactor.addReader(removed);
        reactor.addSystemEventTrigger(
                EventPhase.BEFORE, IReactorCore.SHUTDOWN, () -> assertEquals(0, countOfLost(probes)));
        reactor.addSystemEventTrigger(EventPhase.AFTER, IReactorCore.SHUTDOWN, () -> {
            assertEquals(probes.size(), countOfLost(probes), "expected: all are told before the last phase");
        });
        reactor.callWhenRunning(() -> {
            reactor.removeReader(removed);
            reactor.stop();
        });
        reactor.run();
        for (Probe probe : probes) {
            List<String> told = probe.takeEvents();
            assertEquals(1, told.stream().filter("lost ConnectionLost"::equals).count(), () -> "seen: " + told);
            assertEquals(ConnectionLost.INSTANCE, probe.reason());
        }
        removed.assertTold();
        assertEquals(1, tck.takeHandled().size(), "expected: what one connectionLost threw reaches the handler");
    }

    @Rule("CORE-06")
    void whomALossBringsIsLostToo(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        List<Probe> chain = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Probe one = tck.probe("brings" + i, tck.fixtures().pipe().watched());
            if (!chain.isEmpty()) {
                chain.get(i - 1).onLost(reason -> reactor.addReader(one));
            }
            chain.add(one);
        }
        reactor.addReader(chain.get(0));
        reactor.callWhenRunning(reactor::stop);
        reactor.run();
        for (Probe one : chain) {
            one.assertTold("lost ConnectionLost");
        }
    }

    private static int countOfLost(List<Probe> probes) {
        return (int) probes.stream().filter(probe -> probe.reason() != null).count();
    }

    @Rule("CORE-06")
    void aReactorThatWasUsedForEverythingLeavesNothing(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        Probe both = tck.probe("both", tck.fixtures().connectedPair().watched());
        reactor.addReader(both);
        reactor.addWriter(both);
        reactor.callLater(TimeUnit.HOURS.toNanos(1), () -> tck.log("early"));
        if (tck.claims(Capability.ALWAYS_READY_FILES)) {
            reactor.addReader(tck.probe("file", tck.fixtures().alwaysReadyFile()));
        }
        reactor.callInThread(() -> reactor.callFromThread(reactor::stop));
        reactor.run();
        assertEquals(
                List.of("lost ConnectionLost"),
                both.takeEvents().stream()
                        .filter(event -> !event.equals("doWrite"))
                        .toList(),
                "expected: what is registered at the end is lost, once");
        // What is left is found when the test ends, as after every test.
    }

    @Rule("CORE-06")
    @Requires(Capability.TCP)
    void portsAndConnectionsAreClosedWithTheReactor(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            Recorder pausing = new Recorder(tck, "pausing");
            ListeningPort port = net.listen(server, pausing);
            End client = net.connect(port);
            net.connect(port);
            tck.turnsUntil("two connections", () -> server.hasHeard("made") && pausing.hasHeard("made"));
            pausing.tcp().pauseProducing();
            net.tcp().connectTCP(NetFixtures.LOOPBACK, net.silentPort(), new NetFixtures.Client(tck, null));
            tck.turns(3);
            tck.reactor().stop();
            tck.turnsToTheEnd();
            server.assertTold("makeConnection", "made", "lost ConnectionLost");
            pausing.assertTold("makeConnection", "made", "lost ConnectionLost");
            client.awaitReadable();
            assertEquals(-1, client.read(ByteBuffer.allocate(1)), "expected: the connection is closed");
            assertThrows(IOException.class, () -> net.connect(port), "expected: nobody listens any more");
        }
    }

    @Rule("CORE-11")
    void closeFreesAReactorThatNeverRan(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        Probe both = tck.probe("both", tck.fixtures().connectedPair().watched());
        reactor.addReader(both);
        reactor.addWriter(both);
        reactor.callInThread(() -> {});
        reactor.close();
        both.assertTold("lost ConnectionLost");
        reactor.close();
    }

    @Rule("CORE-06")
    void closeOfAReactorThatWasDrivenEndsItInOrder(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        Probe both = tck.probe("both", tck.fixtures().connectedPair().watched());
        reactor.addReader(both);
        for (EventPhase phase : EventPhase.values()) {
            reactor.addSystemEventTrigger(phase, IReactorCore.SHUTDOWN, () -> tck.log(phase.name()));
        }
        reactor.iterate(0);
        reactor.close();
        both.assertTold("lost ConnectionLost");
        List<String> triggers = tck.takeEvents();
        triggers.removeIf(event -> !Set.of("BEFORE", "DURING", "AFTER").contains(event));
        assertEquals(List.of("BEFORE", "DURING", "AFTER"), triggers);
    }

    @Rule("CORE-11")
    void afterTheEndEveryMethodSaysSo(TckContext tck) throws Exception {
        Probe both = tck.probe("both", tck.fixtures().connectedPair().watched());
        Reactor closed = tck.open(config -> {});
        closed.close();
        Reactor stopped = tck.open(config -> {});
        DelayedCall late = stopped.callLater(Duration.ofHours(1), () -> tck.log("late"));
        stopped.callWhenRunning(stopped::stop);
        stopped.run();
        assertDoesNotThrow(late::cancel, "expected of cancel after the end: nothing");
        for (Reactor reactor : List.of(closed, stopped)) {
            Map<String, Executable> calls = OwnedMethods.of(reactor, both);
            assertThrows(ReactorException.class, calls.remove("stop"));
            for (String cleanUp : List.of("removeReader", "removeWriter")) {
                assertDoesNotThrow(calls.remove(cleanUp), () -> "expected of " + cleanUp + " after the end: nothing");
            }
            calls.forEach((name, call) -> assertThrows(
                    ReactorClosed.class, call, () -> "expected of " + name + " after the end: ReactorClosed"));
            assertThrows(ReactorClosed.class, () -> reactor.callFromThread(() -> {}));
            assertThrows(ReactorClosed.class, () -> reactor.execute(() -> {}));
            assertThrows(ReactorClosed.class, () -> reactor.callInThread(() -> {}));
            assertThrows(ReactorClosed.class, reactor::getThreadPool);
            assertFalse(reactor.isRunning(), "expected: it doesn't run; seen: it does");
            assertEquals(tck.provider().id(), reactor.backend());
            assertEquals(tck.provider().capabilities(), reactor.capabilities());
        }
        assertThrows(ReactorClosed.class, closed::run);
        both.assertTold();
    }

    @Rule("CORE-15")
    void anErrorOfTheMachineClosesTheReactor(TckContext tck) throws Exception {
        EndPair pair = tck.fixtures().connectedPair();
        pair.other().send("a");
        pair.watched().awaitReadable();
        OutOfMemoryError thrown = new OutOfMemoryError("a test's");
        Runnable failing = () -> {
            throw thrown;
        };
        List<Consumer<Reactor>> ways = List.of(
                reactor -> reactor.callLater(0, failing),
                reactor -> reactor.callFromThread(failing),
                reactor ->
                        reactor.addReader(tck.probe("failing", pair.watched()).onRead(failing::run)));
        for (Consumer<Reactor> way : ways) {
            Reactor reactor = tck.open(config -> {});
            Probe bystander = tck.probe("bystander", tck.fixtures().pipe().watched());
            reactor.addReader(bystander);
            way.accept(reactor);
            assertSame(thrown, assertThrows(OutOfMemoryError.class, reactor::run));
            bystander.assertTold("lost ConnectionLost");
            assertFalse(reactor.isRunning(), "expected: it doesn't run; seen: it does");
            assertThrows(ReactorClosed.class, () -> reactor.callFromThread(() -> {}));
        }
    }

    @Rule("CORE-16")
    void whatTheHandlerThrowsEndsNothing(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor(config -> config.exceptionHandler((thrown, doing, descriptor) -> {
            tck.log("handler");
            throw new IllegalStateException("a test's handler's", thrown);
        }));
        EndPair pair = tck.fixtures().connectedPair();
        pair.other().send("a");
        pair.watched().awaitReadable();
        Runnable failing = () -> {
            throw new IllegalStateException("a test's");
        };
        Probe reader = tck.probe("reader", pair.watched()).onRead(failing::run);
        reactor.addReader(reader);
        reactor.callLater(0, failing);
        reactor.callLater(0, () -> tck.log("timed call"));
        tck.turns(1);
        assertEquals(
                List.of("handler", "timed call", "reader doRead", "handler", "reader lost IllegalStateException"),
                tck.takeEvents());
    }

    @Rule("CORE-17")
    void closeStopsAReactorElsewhereInOrder(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        reactor.addSystemEventTrigger(EventPhase.BEFORE, IReactorCore.SHUTDOWN, () -> {
            CompletableFuture<String> modelFiles = new CompletableFuture<>();
            reactor.callLater(TimeUnit.MILLISECONDS.toNanos(20), () -> modelFiles.complete("done"));
            return modelFiles;
        });
        reactor.addSystemEventTrigger(EventPhase.AFTER, IReactorCore.SHUTDOWN, () -> tck.log("shut down"));
        Thread closer = tck.start("closer", () -> {
            tck.await("the reactor runs", reactor::isRunning);
            reactor.close();
            tck.log("closed");
        });
        reactor.run();
        tck.join(closer);
        assertEquals(List.of("shut down", "closed"), tck.takeEvents());
    }

    @Rule("CORE-17")
    void closeWaitsNoLongerThanItMay(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor(config -> config.shutdownTimeout(Duration.ofMillis(50)));
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch gaveUp = new CountDownLatch(1);
        reactor.callWhenRunning(() -> {
            busy.countDown();
            awaitQuietly(tck, "close gives up", gaveUp);
        });
        Thread closer = tck.start("closer", () -> {
            tck.await("the callback", busy);
            ReactorException late = assertThrows(ReactorException.class, reactor::close);
            assertTrue(
                    String.valueOf(late.getMessage()).contains(tck.nameOf(reactor)),
                    () -> "expected: the reactor's name; seen: " + late.getMessage());
            gaveUp.countDown();
        });
        reactor.run();
        tck.join(closer);
        reactor.close();
    }

    private static void awaitQuietly(TckContext tck, String what, CountDownLatch latch) {
        try {
            tck.await(what, latch);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
