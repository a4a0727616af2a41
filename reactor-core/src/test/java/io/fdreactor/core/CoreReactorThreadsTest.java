// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.Capability;
import io.fdreactor.DelayedCall;
import io.fdreactor.EventPhase;
import io.fdreactor.IReactorCore;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorClosed;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReactorException;
import io.fdreactor.SystemEventTrigger;
import io.fdreactor.WrongThread;
import io.fdreactor.core.testing.Journal;
import io.fdreactor.core.testing.ParkingPoller;
import io.fdreactor.core.testing.RecordingDescriptor;
import io.fdreactor.net.IReactorTCP;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole reactor, over a poller that only parks, and the threads around it: CORE-10 to CORE-13, THREAD-01 to -07. */
class CoreReactorThreadsTest {
    private final Journal journal = new Journal();
    private final ParkingPoller poller = new ParkingPoller();
    private final ReactorConfig config =
            ReactorConfig.builder().name("parking").exceptionHandler(journal).build();

    private Reactor open() {
        return open(poller, config);
    }

    private static Reactor open(ParkingPoller poller, ReactorConfig config) {
        return CoreReactor.open(Backend.of("parking", Set.of(Capability.INT_FD), poller), config);
    }

    /** Everything that belongs to the reactor's thread. */
    private Map<String, ThrowingCallable> confined(Reactor reactor) {
        RecordingDescriptor descriptor = new RecordingDescriptor(journal, "A", 5);
        DelayedCall call = reactor.callLater(1_000_000_000_000L, () -> {});
        SystemEventTrigger trigger =
                reactor.addSystemEventTrigger(EventPhase.DURING, "mine", journal.note("mine fired"));
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("addReader", () -> reactor.addReader(descriptor));
        calls.put("addWriter", () -> reactor.addWriter(descriptor));
        calls.put("removeReader", () -> reactor.removeReader(descriptor));
        calls.put("removeWriter", () -> reactor.removeWriter(descriptor));
        calls.put("removeAll", reactor::removeAll);
        calls.put("getReaders", reactor::getReaders);
        calls.put("getWriters", reactor::getWriters);
        calls.put("callLater", () -> reactor.callLater(0, () -> {}));
        calls.put("getDelayedCalls", reactor::getDelayedCalls);
        calls.put("cancel", call::cancel);
        calls.put("reset", () -> call.reset(1));
        calls.put("delay", () -> call.delay(1));
        calls.put("stop", reactor::stop);
        calls.put("crash", reactor::crash);
        calls.put("callWhenRunning", () -> reactor.callWhenRunning(() -> {}));
        calls.put("fireSystemEvent", () -> reactor.fireSystemEvent("mine"));
        calls.put("addSystemEventTrigger", () -> reactor.addSystemEventTrigger(EventPhase.AFTER, "mine", () -> {}));
        calls.put("removeSystemEventTrigger", () -> reactor.removeSystemEventTrigger(trigger));
        calls.put("suggestThreadPoolSize", () -> reactor.suggestThreadPoolSize(1));
        return calls;
    }

    private static void elsewhere(Runnable call) {
        Thread thread = new Thread(call);
        AtomicInteger failures = new AtomicInteger();
        List<Throwable> thrown = new ArrayList<>();
        thread.setUncaughtExceptionHandler((t, e) -> {
            failures.incrementAndGet();
            thrown.add(e);
        });
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(thrown).isEmpty();
    }

    @Test
    void whatBelongsToTheReactorsThreadIsRefusedElsewhereAndChangesNothing() {
        Reactor reactor = open();
        reactor.iterate(0);
        Map<String, ThrowingCallable> calls = confined(reactor);
        elsewhere(() ->
                calls.forEach((name, call) -> assertThatThrownBy(call).as(name).isInstanceOf(WrongThread.class)));
        elsewhere(() -> assertThatThrownBy(() -> reactor.iterate(0)).isInstanceOf(WrongThread.class));
        elsewhere(() -> assertThatThrownBy(reactor::run).isInstanceOf(WrongThread.class));
        assertThat(reactor.getReaders()).isEmpty();
        assertThat(reactor.getDelayedCalls()).hasSize(1);
        assertThat(reactor.iterate(0)).as("neither stopped nor crashed").isTrue();
        reactor.fireSystemEvent("mine");
        assertThat(journal.take()).containsExactly("mine fired");
        reactor.close();
    }

    @Test
    void whatIsForAnyThreadWorksElsewhere() {
        Reactor reactor = open();
        elsewhere(() -> {
            reactor.callFromThread(journal.note("call"));
            reactor.execute(journal.note("execute"));
            assertThat(reactor.isRunning()).isFalse();
            assertThat(reactor.nanoTime()).isNotEqualTo(reactor.nanoTime() + 1);
            assertThat(reactor.facet(IReactorTCP.class)).isEmpty();
            assertThat(reactor.facet(IReactorCore.class)).containsSame(reactor);
            assertThat(reactor.backend()).isEqualTo("parking");
            assertThat(reactor.capabilities()).containsExactly(Capability.INT_FD);
            reactor.callInThread(() -> {});
            assertThat(reactor.getThreadPool().isShutdown()).isFalse();
        });
        reactor.iterate(0);
        assertThat(journal.take()).containsExactly("call", "execute");
        elsewhere(reactor::close);
        assertThat(poller.isClosed()).isTrue();
    }

    @Test
    void afterTheCloseEverythingSaysSo() {
        Reactor reactor = open();
        Map<String, ThrowingCallable> calls = confined(reactor);
        calls.put("run", reactor::run);
        calls.put("iterate", () -> reactor.iterate(0));
        calls.put("callFromThread", () -> reactor.callFromThread(() -> {}));
        calls.put("execute", () -> reactor.execute(() -> {}));
        calls.put("callInThread", () -> reactor.callInThread(() -> {}));
        calls.put("getThreadPool", reactor::getThreadPool);
        reactor.close();
        for (String cleanUp : List.of("removeReader", "removeWriter", "cancel")) {
            assertThatCode(calls.remove(cleanUp)).as(cleanUp).doesNotThrowAnyException();
        }
        calls.forEach((name, call) -> assertThatThrownBy(call).as(name).isInstanceOf(ReactorClosed.class));
        elsewhere(() ->
                calls.forEach((name, call) -> assertThatThrownBy(call).as(name).isInstanceOf(ReactorClosed.class)));
        assertThat(reactor.isRunning()).isFalse();
        reactor.close();
    }

    @Test
    void openedInOneThreadAndRunInAnotherItIsClosedFromTheFirst() throws Exception {
        Reactor reactor = open();
        reactor.addSystemEventTrigger(EventPhase.DURING, IReactorCore.SHUTDOWN, journal.note("shutdown"));
        CountDownLatch running = new CountDownLatch(1);
        reactor.callWhenRunning(running::countDown);
        Thread runner = new Thread(reactor::run);
        runner.start();
        running.await();
        reactor.close();
        assertThat(journal.take()).containsExactly("shutdown");
        assertThat(poller.isClosed()).isTrue();
        runner.join();
    }

    @Test
    void severalMayCloseItAtOnce() throws Exception {
        Reactor reactor = open();
        CountDownLatch running = new CountDownLatch(1);
        reactor.callWhenRunning(running::countDown);
        Thread runner = new Thread(reactor::run);
        runner.start();
        running.await();
        List<CompletableFuture<Void>> closes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            closes.add(CompletableFuture.runAsync(reactor::close, task -> new Thread(task).start()));
        }
        for (CompletableFuture<Void> close : closes) {
            close.get(60, TimeUnit.SECONDS);
        }
        runner.join();
    }

    @Test
    void aCloseThatTakesTooLongSaysWhy() throws Exception {
        ReactorConfig impatient = ReactorConfig.builder()
                .name("slow one")
                .exceptionHandler(journal)
                .shutdownTimeout(Duration.ofMillis(1))
                .build();
        Reactor reactor = open(poller, impatient);
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<Void> stage = new CompletableFuture<>();
        reactor.addSystemEventTrigger(EventPhase.BEFORE, IReactorCore.SHUTDOWN, () -> stage);
        reactor.callWhenRunning(running::countDown);
        Thread runner = new Thread(reactor::run);
        runner.start();
        running.await();
        assertThatThrownBy(reactor::close)
                .isInstanceOf(ReactorException.class)
                .hasMessageContaining("[slow one]")
                .hasMessageContaining("FDR-CLOSE-TIMEOUT");
        stage.complete(null);
        runner.join();
        reactor.close();
        assertThat(poller.isClosed()).isTrue();
    }

    @Test
    void aCloseOnThePoolsThreadIsRefusedAtOnce() throws Exception {
        Reactor reactor = open();
        reactor.iterate(0);
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        reactor.callInThread(() -> {
            try {
                reactor.close();
            } catch (WrongThread e) {
                refused.complete(e);
            }
        });
        assertThat(refused.get(60, TimeUnit.SECONDS)).hasMessageContaining("callFromThread(reactor::stop)");
        assertThat(reactor.iterate(0)).as("it goes on").isTrue();
        reactor.close();
        assertThat(journal.take()).isEmpty();
    }

    @Test
    void withATimeoutOfZeroTheTriggersFireAndNoStageIsWaitedFor() {
        ReactorConfig impatient = ReactorConfig.builder()
                .exceptionHandler(journal)
                .shutdownTimeout(Duration.ZERO)
                .build();
        Reactor reactor = open(poller, impatient);
        reactor.addSystemEventTrigger(EventPhase.BEFORE, IReactorCore.SHUTDOWN, () -> new CompletableFuture<Void>());
        for (EventPhase phase : EventPhase.values()) {
            reactor.addSystemEventTrigger(phase, IReactorCore.SHUTDOWN, journal.note(phase.name()));
        }
        reactor.iterate(0);
        reactor.close();
        assertThat(journal.take()).containsExactly("BEFORE", "DURING", "AFTER");
        assertThat(poller.isClosed()).isTrue();
    }

    @Test
    void anInterruptedThreadClosesItAsAnyOtherAndStaysInterrupted() {
        Reactor reactor = open();
        reactor.iterate(0);
        reactor.addSystemEventTrigger(
                EventPhase.DURING,
                IReactorCore.SHUTDOWN,
                () -> journal.add("interrupted " + Thread.currentThread().isInterrupted()));
        reactor.callInThread(journal.note("task"));
        Thread.currentThread().interrupt();
        reactor.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(journal.take()).containsExactlyInAnyOrder("interrupted false", "task");
    }

    @Test
    void aClockOfItsOwnDecidesWhenCallsAreDue() {
        long[] now = {0};
        Reactor reactor = open(
                poller,
                ReactorConfig.builder()
                        .exceptionHandler(journal)
                        .clock(() -> now[0])
                        .build());
        reactor.callLater(100, journal.note("due"));
        now[0] = 99;
        reactor.iterate(0);
        assertThat(journal.take()).isEmpty();
        now[0] = 100;
        assertThat(reactor.nanoTime()).isEqualTo(100);
        reactor.iterate(0);
        assertThat(journal.take()).containsExactly("due");
        reactor.close();
    }

    @Test
    void aReactorThatIsIteratedMayBeClosedBetweenTwoTurnsByAnyThread() {
        Reactor reactor = open();
        reactor.addSystemEventTrigger(EventPhase.DURING, IReactorCore.SHUTDOWN, journal.note("shutdown"));
        reactor.iterate(0);
        elsewhere(reactor::close);
        assertThat(journal.take()).containsExactly("shutdown");
        assertThatThrownBy(() -> reactor.iterate(0)).isInstanceOf(ReactorClosed.class);
    }

    @Test
    void afterACrashTheNextThreadThatComesMayRunIt() {
        Reactor reactor = open();
        reactor.callWhenRunning(reactor::crash);
        reactor.run();
        elsewhere(() -> {
            reactor.callWhenRunning(reactor::stop);
            reactor.run();
        });
        assertThat(poller.isClosed()).isTrue();
    }

    @Test
    void thePoolsLastTasksAreWaitedForAndMayCallBack() throws Exception {
        Reactor reactor = open();
        CountDownLatch stopping = new CountDownLatch(1);
        reactor.callWhenRunning(() -> {
            reactor.callInThread(() -> {
                try {
                    stopping.await();
                } catch (InterruptedException e) {
                    journal.add("interrupted");
                }
                reactor.callFromThread(journal.note("called back"));
            });
            reactor.stop();
        });
        reactor.addSystemEventTrigger(EventPhase.AFTER, IReactorCore.SHUTDOWN, stopping::countDown);
        reactor.run();
        assertThat(journal.take()).containsExactly("called back");
    }

    @Test
    void aPoolThatOutlastsTheTimeoutIsInterruptedAndReported() {
        ReactorConfig impatient = ReactorConfig.builder()
                .exceptionHandler(journal)
                .shutdownTimeout(Duration.ofMillis(1))
                .build();
        Reactor reactor = open(poller, impatient);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        reactor.callInThread(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        reactor.callWhenRunning(() -> {
            try {
                begun.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            reactor.stop();
        });
        reactor.run();
        assertThat(journal.take()).singleElement().asString().contains("1 calls were interrupted, 0 never begun");
        elsewhere(() -> assertThatNoException(interrupted));
    }

    private static void assertThatNoException(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anInterruptNeitherEndsTheLoopNorIsForgotten() throws Exception {
        Reactor reactor = open();
        CountDownLatch running = new CountDownLatch(1);
        reactor.callWhenRunning(running::countDown);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread runner = new Thread(() -> {
            reactor.run();
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        runner.start();
        running.await();
        runner.interrupt();
        CompletableFuture<String> served = new CompletableFuture<>();
        reactor.callFromThread(() -> served.complete("served"));
        assertThat(served.get(60, TimeUnit.SECONDS)).isEqualTo("served");
        reactor.close();
        assertThat(interrupted.get(60, TimeUnit.SECONDS)).isTrue();
    }

    /** THREAD-02: each ball is hit while the other side sleeps or is about to. */
    @Test
    @Timeout(300)
    void noWakeUpIsLostInAMillionExchangesBetweenTwoReactors() throws Exception {
        int balls = 1_000_000;
        ParkingPoller otherPoller = new ParkingPoller();
        Reactor one = open(poller, config);
        Reactor two = open(otherPoller, config);
        int[] hits = {0};
        CompletableFuture<Void> finished = new CompletableFuture<>();
        class Ball implements Runnable {
            private final Reactor there;
            private Runnable back = () -> {};

            Ball(Reactor there) {
                this.there = there;
            }

            @Override
            public void run() {
                if (++hits[0] == balls) {
                    finished.complete(null);
                } else {
                    there.callFromThread(back);
                }
            }
        }
        Ball ping = new Ball(two);
        Ball pong = new Ball(one);
        ping.back = pong;
        pong.back = ping;
        Thread first = new Thread(one::run);
        Thread second = new Thread(two::run);
        first.start();
        second.start();
        one.callFromThread(ping);
        finished.get();
        one.close();
        two.close();
        first.join();
        second.join();
        assertThat(hits[0]).isEqualTo(balls);
        assertThat(poller.wakeups()).as("one a sleep at most").isLessThanOrEqualTo(balls);
    }

    @Test
    void callsOfManyThreadsKeepTheOrderOfEach() throws Exception {
        Reactor reactor = open();
        int threads = 4;
        int callsOfEach = 20_000;
        int[] next = new int[threads];
        AtomicInteger disorder = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(threads * callsOfEach);
        Thread runner = new Thread(reactor::run);
        runner.start();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            new Thread(() -> {
                        for (int n = 0; n < callsOfEach; n++) {
                            int number = n;
                            reactor.callFromThread(() -> {
                                if (next[thread]++ != number) {
                                    disorder.incrementAndGet();
                                }
                                done.countDown();
                            });
                        }
                    })
                    .start();
        }
        done.await();
        assertThat(disorder).hasValue(0);
        reactor.close();
        runner.join();
    }

    @Test
    void callsChainedALongWayKeepTheStackFlat() {
        Reactor reactor = open();
        int[] left = {100_000};
        reactor.callWhenRunning(new Runnable() {
            @Override
            public void run() {
                if (--left[0] == 0) {
                    reactor.stop();
                } else if (left[0] % 2 == 0) {
                    reactor.callFromThread(this);
                } else {
                    reactor.callLater(0, this);
                }
            }
        });
        reactor.run();
        assertThat(left[0]).isZero();
        assertThat(journal.take()).isEmpty();
    }
}
