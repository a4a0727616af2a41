// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fdreactor.DelayedCall;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorException;
import io.fdreactor.WrongThread;
import io.fdreactor.tck.context.OwnedMethods;
import io.fdreactor.tck.context.Probe;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.EndPair;
import io.fdreactor.tck.programs.ChildJvm;
import io.fdreactor.tck.programs.ShutdownProgram;
import io.fdreactor.tck.rules.fd.FdRegistrationRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;

/** CORE: one thread, several reactors, a flat stack, and the end of the process. */
public abstract class CoreThreadRules {
    private static final int HOPS = 100_000;

    @Rule("CORE-10")
    void methodsOfTheReactorsThreadFailElsewhereAndChangeNothing(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        Probe watched = tck.probe("watched", tck.fixtures().connectedPair().watched());
        Probe other = tck.probe("other", tck.fixtures().connectedPair().watched());
        reactor.addReader(watched);
        DelayedCall call = reactor.callLater(TimeUnit.HOURS.toNanos(1), () -> {});
        long time = call.getTime();
        Map<String, Executable> calls = new LinkedHashMap<>(OwnedMethods.of(reactor, other));
        calls.put("removeReader of a registered one", () -> reactor.removeReader(watched));
        calls.put("DelayedCall.cancel", call::cancel);
        calls.put("DelayedCall.reset", () -> call.reset(1));
        calls.put("DelayedCall.delay", () -> call.delay(1));
        for (boolean running : new boolean[] {false, true}) {
            if (running) {
                tck.turns(1);
            }
            tck.join(tck.start(
                    "stranger",
                    () -> calls.forEach((name, method) -> assertThrows(
                            WrongThread.class,
                            method,
                            () -> "expected of " + name + " in another thread: WrongThread"))));
            FdRegistrationRules.assertSame("readers", List.of(watched), reactor.getReaders());
            FdRegistrationRules.assertSame("writers", List.of(), reactor.getWriters());
            assertEquals(List.of(call), reactor.getDelayedCalls());
            assertEquals(time, call.getTime(), "expected: the call's time stays");
            assertTrue(reactor.iterate(0), "expected: it runs on; seen: it ends");
        }
        watched.assertTold();
        other.assertTold();
    }

    @Rule("CORE-10")
    void aReactorIsRunByOneThreadOnly(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        reactor.callWhenRunning(() -> tck.start("second runner", () -> {
            assertThrows(ReactorException.class, reactor::run, "expected: run fails while another thread runs it");
            assertThrows(ReactorException.class, () -> reactor.iterate(0), "expected: so does iterate");
            reactor.callFromThread(reactor::stop);
        }));
        reactor.run();
    }

    @Rule("CORE-10")
    void someMethodsAreForEveryThread(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        CountDownLatch made = new CountDownLatch(4);
        Thread other = tck.start("stranger", () -> {
            reactor.callFromThread(made::countDown);
            reactor.execute(made::countDown);
            reactor.callInThread(made::countDown);
            reactor.getThreadPool().execute(made::countDown);
            reactor.isRunning();
            assertEquals(tck.provider().id(), reactor.backend());
            assertEquals(tck.provider().capabilities(), reactor.capabilities());
            assertTrue(reactor.facet(Reactor.class).isPresent(), "expected: the reactor is its own facet; seen: not");
            long now = reactor.nanoTime();
            assertTrue(reactor.nanoTime() - now >= 0, "expected: the clock is monotonic; seen: it isn't");
        });
        tck.turnsUntil("four calls", () -> made.getCount() == 0);
        tck.join(other);
    }

    @Rule("CORE-10")
    void aReactorMayBeOpenedHereRunThereAndClosedHere(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        Probe watched = tck.probe("watched", tck.fixtures().connectedPair().watched());
        reactor.addReader(watched);
        AtomicBoolean returned = new AtomicBoolean();
        Thread runner = tck.start("runner", () -> {
            reactor.run();
            returned.set(true);
        });
        tck.await("the reactor runs", reactor::isRunning);
        assertThrows(WrongThread.class, reactor::getReaders, "expected: it is the runner's now");
        reactor.close();
        watched.assertTold("lost ConnectionLost");
        tck.join(runner);
        assertTrue(returned.get(), "expected: run returns when the reactor is closed; seen: it throws");
    }

    @Rule("CORE-10")
    void afterACrashAReactorBelongsToTheNextCaller(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        reactor.callWhenRunning(reactor::crash);
        tck.join(tck.start("first runner", reactor::run));
        reactor.callWhenRunning(reactor::stop);
        reactor.run();
    }

    @Rule("CORE-10")
    void aVirtualThreadCannotDriveAReactor(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        reactor.callWhenRunning(reactor::stop);
        CompletableFuture<List<Class<?>>> refusals = new CompletableFuture<>();
        startVirtual(() -> refusals.complete(
                List.of(refusal(() -> reactor.iterate(0)), refusal(reactor::run), refusal(() -> reactor.iterate(0)))));
        assertEquals(
                List.of(WrongThread.class, WrongThread.class, WrongThread.class),
                refusals.get(),
                "expected: a virtual thread, whose carrier the wait would hold, is refused");
        reactor.run();
    }

    /** {@code Thread.startVirtualThread}, which came with Java 21. */
    private static void startVirtual(Runnable body) throws ReflectiveOperationException {
        Optional<Method> start = Arrays.stream(Thread.class.getMethods())
                .filter(method -> method.getName().equals("startVirtualThread"))
                .findFirst();
        assumeTrue(start.isPresent(), "this JVM has no virtual threads");
        start.orElseThrow().invoke(null, body);
    }

    private static Class<?> refusal(Executable call) {
        try {
            call.execute();
            return void.class;
        } catch (Throwable thrown) {
            return thrown.getClass();
        }
    }

    @Rule("CORE-10")
    void theLoopsOwnThreadCannotCloseIt(TckContext tck) {
        Reactor reactor = tck.reactor();
        reactor.callWhenRunning(() -> {
            tck.stayAwake();
            reactor.callLater(0, reactor::stop);
            assertThrows(WrongThread.class, reactor::close);
            tck.log("refused");
        });
        reactor.run();
        assertEquals(List.of("refused"), tck.takeEvents());
    }

    @Rule("CORE-13")
    void reactorsSideBySideShareNothing(TckContext tck) throws Exception {
        int count = 8;
        int rounds = 2000;
        List<Thread> threads = new ArrayList<>();
        CountDownLatch ready = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            EndPair pair = tck.fixtures().connectedPair();
            String name = "pair" + i;
            threads.add(tck.start("reactor " + i, () -> {
                try (Reactor reactor = tck.open(config -> {})) {
                    ready.countDown();
                    tck.await("all reactors are open", ready);
                    bounce(tck, reactor, name, pair, rounds);
                }
            }));
        }
        for (Thread thread : threads) {
            tck.join(thread);
        }
    }

    /** Sends a byte to and fro, in turn with a timed call and a thread call, all in one thread. */
    private static void bounce(TckContext tck, Reactor reactor, String name, EndPair pair, int rounds) {
        Thread own = Thread.currentThread();
        int[] left = {rounds};
        Probe here = tck.probe(name + " here", pair.watched());
        Probe there = tck.probe(name + " there", pair.other());
        Runnable isOwn = () -> assertEquals(own, Thread.currentThread(), "expected: each reactor's own thread");
        here.onRead(() -> {
            isOwn.run();
            pair.watched().receive();
            reactor.callLater(
                    0,
                    () -> reactor.callFromThread(() -> {
                        isOwn.run();
                        if (--left[0] == 0) {
                            reactor.stop();
                        } else {
                            there.onWrite(() -> {
                                reactor.removeWriter(there);
                                pair.other().send("a");
                            });
                            reactor.addWriter(there);
                        }
                    }));
        });
        there.onWrite(() -> {
            reactor.removeWriter(there);
            pair.other().send("a");
        });
        reactor.addReader(here);
        reactor.addWriter(there);
        reactor.run();
        assertEquals(0, left[0], "expected: all rounds are played");
    }

    @Rule("CORE-14")
    void aHundredThousandHopsKeepTheStackFlat(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        int[] left = {HOPS};
        long[] depth = {0};
        Runnable[] hop = new Runnable[1];
        EndPair pair = tck.fixtures().connectedPair();
        Probe reader = tck.probe("reader", pair.watched());
        reader.onRead(() -> {
            pair.watched().receive();
            reader.takeEvents();
            tck.takeEvents();
            hop[0].run();
        });
        hop[0] = () -> {
            if (left[0] % 1000 == 0) {
                depth[0] = Math.max(depth[0], StackWalker.getInstance().walk(Stream::count));
            }
            left[0]--;
            switch (left[0] % 3) {
                case 0 -> reactor.callLater(0, hop[0]);
                case 1 -> reactor.callFromThread(hop[0]);
                default -> send(pair);
            }
        };
        reactor.addReader(reader);
        reactor.callLater(0, hop[0]);
        while (left[0] > 0) {
            reactor.iterate(TimeUnit.SECONDS.toNanos(1));
        }
        reactor.removeReader(reader);
        assertTrue(depth[0] < 200, () -> "expected: a flat stack; seen: " + depth[0] + " frames");
    }

    @Rule("CORE-14")
    void aChainOfTimedCallsKeepsTheStackFlat(TckContext tck) {
        assertFlat(tck, hop -> tck.reactor().callLater(0, hop));
    }

    @Rule("CORE-14")
    void aChainOfThreadCallsKeepsTheStackFlat(TckContext tck) {
        assertFlat(tck, tck.reactor()::callFromThread);
    }

    private static void assertFlat(TckContext tck, Consumer<Runnable> schedule) {
        int[] left = {HOPS};
        Runnable[] hop = new Runnable[1];
        hop[0] = () -> {
            if (left[0] % 1000 == 0) {
                long depth = StackWalker.getInstance().walk(Stream::count);
                assertTrue(depth < 200, () -> "expected: a flat stack; seen: " + depth + " frames");
            }
            if (--left[0] > 0) {
                schedule.accept(hop[0]);
            }
        };
        schedule.accept(hop[0]);
        tck.turnsUntil(HOPS + " calls", () -> left[0] == 0);
    }

    private static void send(EndPair pair) {
        try {
            pair.other().send("a");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Rule("CORE-09")
    void sigtermStopsAReactorThatAskedForIt(TckContext tck) throws Exception {
        try (ChildJvm child = ChildJvm.start(ShutdownProgram.class, provider(tck), "serve")) {
            child.awaitLine("running");
            child.terminate();
            assertEquals(128 + 15, child.exitStatus(), "expected: the JVM's status for SIGTERM");
            assertShutDown(child);
        }
    }

    @Rule("CORE-09")
    void sigintStopsItToo(TckContext tck) throws Exception {
        try (ChildJvm child = ChildJvm.start(ShutdownProgram.class, provider(tck), "serve")) {
            child.awaitLine("running");
            assumeTrue(child.interrupt(), "a child of this process doesn't hear SIGINT, or it can't be told");
            assertEquals(128 + 2, child.exitStatus(), "expected: the JVM's status for SIGINT");
            assertShutDown(child);
        }
    }

    @Rule("CORE-09")
    void exitFromAnotherThreadStopsIt(TckContext tck) throws Exception {
        try (ChildJvm child = ChildJvm.start(ShutdownProgram.class, provider(tck), "exit-elsewhere")) {
            assertEquals(ShutdownProgram.STATUS, child.exitStatus());
            assertShutDown(child);
        }
    }

    private static void assertShutDown(ChildJvm child) {
        List<String> lines = child.lines();
        List<String> expected = List.of("BEFORE", "stage completed", "DURING", "AFTER");
        assertTrue(lines.containsAll(expected), () -> "expected: the whole shutdown, " + expected + "; seen: " + lines);
        assertTrue(lines.indexOf("stage completed") < lines.indexOf("DURING"), () -> "seen: " + lines);
        assertTrue(lines.indexOf("DURING") < lines.indexOf("AFTER"), () -> "seen: " + lines);
    }

    @Rule("CORE-09")
    void exitFromACallbackDoesNotDeadlock(TckContext tck) throws Exception {
        try (ChildJvm child = ChildJvm.start(ShutdownProgram.class, provider(tck), "exit-in-callback")) {
            assertEquals(ShutdownProgram.STATUS, child.exitStatus(), () -> "seen: " + child.lines());
            assertShutDown(child);
        }
    }

    @Rule("CORE-09")
    void aShutdownThatNeverEndsIsGivenUp(TckContext tck) throws Exception {
        try (ChildJvm child = ChildJvm.start(ShutdownProgram.class, provider(tck), "stuck")) {
            child.awaitLine("running");
            child.terminate();
            child.exitStatus();
            assertTrue(child.lines().contains("BEFORE"), () -> "seen: " + child.lines());
            assertFalse(child.lines().contains("DURING"), () -> "seen: " + child.lines());
        }
    }

    private static String provider(TckContext tck) {
        return tck.provider().getClass().getName();
    }
}
