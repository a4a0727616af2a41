// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.EventPhase;
import io.fdreactor.IReactorCore;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorClosed;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** THREAD: the thread pool. */
public abstract class ThreadPoolRules {
    @Rule("THREAD-06")
    void thePoolWorksElsewhereAndIsGoneAfterwards(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor();
        String name = tck.nameOf(reactor);
        tck.turns(2);
        assertEquals(0, threadsNamed(name), "expected: no pool before its first call");
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(3);
        for (int i = 0; i < 2; i++) {
            reactor.callInThread(() -> {
                workers.add(Thread.currentThread());
                done.countDown();
            });
        }
        reactor.getThreadPool().execute(done::countDown);
        tck.await("three calls in the pool", done);
        for (Thread worker : workers) {
            assertNotSame(
                    Thread.currentThread(), worker, "expected: calls in the pool are made off the reactor's thread");
            assertTrue(worker.getName().contains(name), () -> "expected: threads named after it; seen: " + worker);
        }
        reactor.stop();
        tck.turnsToTheEnd();
        for (Thread worker : workers) {
            tck.join(worker);
        }
        assertThrows(ReactorClosed.class, () -> reactor.callInThread(() -> {}));
    }

    private static long threadsNamed(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains(name))
                .count();
    }

    @Rule("THREAD-06")
    void whatThePoolHasQueuedIsDoneBeforeTheEnd(TckContext tck) {
        Reactor reactor = tck.reactor(config -> config.threadPoolSize(1));
        Thread own = Thread.currentThread();
        AtomicInteger done = new AtomicInteger();
        CountDownLatch stopped = new CountDownLatch(1);
        reactor.callInThread(() -> {
            awaitQuietly(stopped);
            done.incrementAndGet();
        });
        for (int i = 0; i < 20; i++) {
            reactor.callInThread(() -> {
                assertNotSame(own, Thread.currentThread(), "expected: also a full pool's calls are made off the loop");
                done.incrementAndGet();
            });
        }
        reactor.callWhenRunning(reactor::stop);
        reactor.addSystemEventTrigger(EventPhase.BEFORE, IReactorCore.SHUTDOWN, stopped::countDown);
        reactor.run();
        assertEquals(21, done.get());
    }

    @Rule("THREAD-06")
    void aPoolThatDoesNotEndIsGivenUpAndReported(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor(config -> config.threadPoolSize(1).shutdownTimeout(Duration.ofMillis(50)));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        reactor.callInThread(() -> {
            begun.countDown();
            // Deaf to interrupts, as a blocking system call is.
            while (ended.getCount() > 0) {
                LockSupport.parkNanos(1_000_000);
                Thread.interrupted();
            }
        });
        reactor.callInThread(() -> tck.log("never begun"));
        tck.await("a call in the pool", begun);
        reactor.callWhenRunning(reactor::stop);
        try {
            reactor.run();
        } finally {
            ended.countDown();
        }
        assertEquals(List.of(), tck.takeEvents());
        List<TckContext.Handled> handled = tck.takeHandled();
        assertEquals(1, handled.size(), () -> "expected: the handler hears of what was not done; seen: " + handled);
    }

    @Rule("THREAD-06")
    void thePoolHasAsManyThreadsAsSuggested(TckContext tck) throws Exception {
        Reactor reactor = tck.reactor(config -> config.threadPoolSize(1));
        assertThrows(IllegalArgumentException.class, () -> reactor.suggestThreadPoolSize(0));
        for (int size : new int[] {3, 5}) {
            reactor.suggestThreadPoolSize(size);
            int most = mostThreadsAtOnce(tck, reactor, size);
            assertTrue(most <= size, () -> "expected: at most " + size + " threads; seen: " + most);
        }
        reactor.suggestThreadPoolSize(2);
        int most = 5;
        while (most > 2) {
            // A thread that is too many goes when it has nothing to do, which may be a while.
            most = mostThreadsAtOnce(tck, reactor, 2);
        }
    }

    /** Gives the pool more than enough to do, until so many threads at least were at it together. */
    private static int mostThreadsAtOnce(TckContext tck, Reactor reactor, int size) throws Exception {
        CountDownLatch together = new CountDownLatch(size);
        CountDownLatch ended = new CountDownLatch(size + 4);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < size + 4; i++) {
            reactor.callInThread(() -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                together.countDown();
                awaitQuietly(together);
                now.decrementAndGet();
                ended.countDown();
            });
        }
        tck.await(size + " threads at once", together);
        tck.await("all calls in the pool", ended);
        return most.get();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Rule("THREAD-06")
    void whatFailsInThePoolReachesTheHandler(TckContext tck) {
        Reactor reactor = tck.reactor();
        IllegalStateException thrown = new IllegalStateException("a test's");
        reactor.callInThread(() -> {
            throw thrown;
        });
        List<TckContext.Handled> handled = new ArrayList<>();
        tck.turnsUntil("the handler is told", () -> handled.addAll(tck.takeHandled()));
        assertSame(thrown, handled.get(0).thrown());
    }
}
