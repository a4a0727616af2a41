// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.EventPhase;
import io.fdreactor.IReactorCore;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorClosed;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReactorException;
import io.fdreactor.WrongThread;
import io.fdreactor.group.ReactorGroup;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.selection.NoReactor;
import io.fdreactor.selection.Reactors;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How reactors of a group begin and end together. */
class GroupLifeIT {
    private static final ReactorConfig CONFIG =
            ReactorConfig.builder().name("loop").build();

    private Remains remains;

    @BeforeEach
    void countWhatIsThere() throws IOException {
        ReactorGroup.open(1, CONFIG).close();
        remains = new Remains();
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        remains.assertNone("loop-");
    }

    /** On the reactor's thread. */
    private static <T> T on(Reactor reactor, Supplier<T> call) throws Exception {
        return CompletableFuture.supplyAsync(call, reactor).get(60, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "poll", "select"})
    void eachRunsOnAThreadOfItsOwnThatHasItsName(String backend) throws Exception {
        try (ReactorGroup group = ReactorGroup.open(3, backend, CONFIG)) {
            List<String> threads = new ArrayList<>();
            for (Reactor reactor : group.reactors()) {
                assertThat(reactor.backend()).isEqualTo(backend);
                assertThat(reactor.isRunning()).isTrue();
                threads.add(on(reactor, () -> Thread.currentThread().getName()));
            }
            assertThat(threads).containsExactly("loop-0", "loop-1", "loop-2");
            assertThat(group.size()).isEqualTo(3);
            List<Reactor> inTurn = List.of(group.next(), group.next(), group.next());
            assertThat(inTurn).containsExactlyElementsOf(group.reactors());
            assertThat(group.next()).isSameAs(inTurn.get(0));
        }
    }

    @Test
    void closingGoesThroughTheShutdownOfEach() throws Exception {
        Queue<String> events = new ConcurrentLinkedQueue<>();
        ReactorGroup group = ReactorGroup.open(2, CONFIG);
        for (Reactor reactor : group.reactors()) {
            on(reactor, () -> {
                reactor.addSystemEventTrigger(EventPhase.BEFORE, IReactorCore.SHUTDOWN, () -> events.add("before"));
                return reactor.addSystemEventTrigger(
                        EventPhase.AFTER, IReactorCore.SHUTDOWN, () -> events.add("after"));
            });
        }
        group.close();
        assertThat(events).containsExactlyInAnyOrder("before", "before", "after", "after");
        group.close();
        group.stop();
        group.awaitTermination();
        assertThatThrownBy(() -> group.next().callFromThread(() -> {})).isInstanceOf(ReactorClosed.class);
        assertThat(group.listenTCP(0, reactor -> peer -> null, ListenOptions.DEFAULT)
                        .toCompletableFuture())
                .failsWithin(Duration.ofSeconds(60))
                .withThrowableThat()
                .withCauseInstanceOf(ReactorClosed.class);
    }

    @Test
    void aCallbackMayStopTheGroupButNotWaitForIt() throws Exception {
        try (ReactorGroup group = ReactorGroup.open(2, CONFIG)) {
            CompletableFuture<Throwable> close = new CompletableFuture<>();
            CompletableFuture<Throwable> await = new CompletableFuture<>();
            group.next().callFromThread(() -> {
                close.complete(catching(group::close));
                await.complete(catching(() -> {
                    try {
                        group.awaitTermination();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }));
                group.stop();
                group.stop();
            });
            group.awaitTermination();
            assertThat(close.join()).isInstanceOf(WrongThread.class).hasMessageContaining("[loop-0]");
            assertThat(await.join()).isInstanceOf(WrongThread.class);
        }
    }

    private static Throwable catching(Runnable call) {
        try {
            call.run();
            return new AssertionError("nothing was thrown");
        } catch (RuntimeException e) {
            return e;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "poll", "select"})
    void oneThatStopsByItselfEndsAll(String backend) throws Exception {
        try (ReactorGroup group = ReactorGroup.open(3, backend, CONFIG)) {
            Reactor one = group.reactors().get(1);
            one.callFromThread(one::stop);
            group.awaitTermination();
        }
    }

    @Test
    void oneThatCrashesEndsAll() throws Exception {
        try (ReactorGroup group = ReactorGroup.open(3, CONFIG)) {
            Reactor one = group.reactors().get(1);
            one.callFromThread(one::crash);
            group.awaitTermination();
        }
    }

    @Test
    void whatOneFailsWithIsThrownOnceByWhoeverWaits() throws Exception {
        OutOfMemoryError error = new OutOfMemoryError("this test's own");
        ReactorGroup awaited = ReactorGroup.open(2, CONFIG);
        fail(awaited, error);
        assertThatThrownBy(awaited::awaitTermination)
                .isInstanceOf(ReactorException.class)
                .hasMessageContaining("[loop-0]")
                .hasMessageContaining("[FDR-GROUP-FAILED]")
                .hasCause(error);
        awaited.close();

        ReactorGroup closed = ReactorGroup.open(2, CONFIG);
        fail(closed, error);
        assertThatThrownBy(closed::close).hasCause(error);
        closed.close();
    }

    private static void fail(ReactorGroup group, Error error) throws InterruptedException {
        CountDownLatch failing = new CountDownLatch(1);
        group.next().callFromThread(() -> {
            failing.countDown();
            throw error;
        });
        failing.await();
    }

    /** The one that has failed never makes that call, and the group answers for it. */
    @Test
    void whoWaitsForOneThatFailsIsToldSo() throws Exception {
        ReactorGroup group = ReactorGroup.open(2, CONFIG);
        CountDownLatch asked = new CountDownLatch(1);
        group.next().callFromThread(() -> {
            awaitUninterruptibly(asked);
            throw new OutOfMemoryError("this test's own");
        });
        var listening = group.listenTCP(0, reactor -> peer -> null, ListenOptions.DEFAULT);
        asked.countDown();
        assertThat(listening.toCompletableFuture())
                .failsWithin(Duration.ofSeconds(60))
                .withThrowableThat()
                .withCauseInstanceOf(ReactorClosed.class);
        assertThatThrownBy(group::close).hasCauseInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void ifOneCannotBeOpenedTheOthersAreClosedAndItsReasonIsThrown() {
        IllegalStateException reason = new IllegalStateException("no more");
        List<Reactor> opened = new ArrayList<>();
        assertThatThrownBy(() -> ReactorGroup.open(3, CONFIG, config -> {
                    if (opened.size() == 2) {
                        throw reason;
                    }
                    Reactor reactor = Reactors.open(config);
                    opened.add(reactor);
                    return reactor;
                }))
                .isSameAs(reason);
        assertThat(opened)
                .hasSize(2)
                .allSatisfy(each ->
                        assertThatThrownBy(() -> each.callFromThread(() -> {})).isInstanceOf(ReactorClosed.class));
        assertThatThrownBy(() -> ReactorGroup.open(2, "nope", CONFIG)).isInstanceOf(NoReactor.class);
        assertThatThrownBy(() -> ReactorGroup.open(0, CONFIG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[0]");
    }

    @Test
    void oneThatEndsWhileTheOthersAreOpenedEndsThemToo() throws Exception {
        CompletableFuture<Reactor> first = new CompletableFuture<>();
        ReactorGroup group = ReactorGroup.open(2, CONFIG, config -> {
            if (first.isDone()) {
                first.join().close();
            }
            Reactor reactor = Reactors.open(config);
            first.complete(reactor);
            return reactor;
        });
        group.awaitTermination();
        group.close();
    }

    @Test
    void closingWaitsForTheShutdownTimeoutAndNamesWhoIsLate() throws Exception {
        ReactorConfig hasty =
                CONFIG.toBuilder().shutdownTimeout(Duration.ofMillis(50)).build();
        ReactorGroup group = ReactorGroup.open(2, hasty);
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        group.next().callFromThread(() -> {
            busy.countDown();
            awaitUninterruptibly(done);
        });
        busy.await();
        Thread.currentThread().interrupt();
        assertThatThrownBy(group::close)
                .isInstanceOf(ReactorException.class)
                .hasMessageContaining("[loop-0]")
                .hasMessageContaining("[FDR-CLOSE-TIMEOUT]");
        assertThat(Thread.interrupted()).isTrue();
        done.countDown();
        group.awaitTermination();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
