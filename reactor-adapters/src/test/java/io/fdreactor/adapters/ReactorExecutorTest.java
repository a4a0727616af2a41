// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.WrongThread;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReactorExecutorTest {
    private static final Runnable NOTHING = () -> {};

    private final RunningReactor running = new RunningReactor();
    private final ReactorExecutor executor = ReactorExecutor.of(running.reactor);

    @AfterEach
    void close() {
        running.close();
    }

    private int timers() throws Exception {
        return running.on(() -> running.reactor.getDelayedCalls().size());
    }

    @Test
    void tasksRunOnTheReactorsThreadInOrder() throws Exception {
        Queue<Integer> order = new ConcurrentLinkedQueue<>();
        executor.execute(() -> order.add(1));
        executor.submit(() -> order.add(2));
        executor.schedule(() -> order.add(3), 0, NANOSECONDS);
        executor.schedule(() -> order.add(4), -1, HOURS);

        assertThat(executor.submit(Thread::currentThread).get()).isSameAs(running.thread);
        assertThat(order).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aScheduledTaskRunsAtItsTimeAndNotBefore() throws Exception {
        long before = running.reactor.nanoTime();
        long ran = executor.schedule(running.reactor::nanoTime, 5, MILLISECONDS).get();
        assertThat(ran - before).isGreaterThanOrEqualTo(MILLISECONDS.toNanos(5));
    }

    @Test
    void futuresTellTheirDelayAndAreOrderedByIt() {
        ScheduledFuture<?> late = executor.schedule(NOTHING, 2, HOURS);
        ScheduledFuture<?> early = executor.schedule(NOTHING, 1, HOURS);
        ScheduledFuture<?> never = executor.schedule(NOTHING, Long.MAX_VALUE, HOURS);
        ScheduledFuture<?> elsewhere = ReactorExecutor.of(running.reactor).schedule(NOTHING, 90, MINUTES);

        assertThat(early.getDelay(MINUTES)).isBetween(1L, 60L);
        assertThat(List.of(late, never, elsewhere, early).stream().sorted())
                .containsExactly(early, elsewhere, late, never);
    }

    @Test
    void equalTimesAreOrderedAsTheyWereScheduled() {
        ReactorTask<?> first = new ReactorTask<>(executor, () -> 1, 7, 0);
        ReactorTask<?> second = new ReactorTask<>(executor, () -> 2, 7, 0);
        assertThat(first.compareTo(second)).isNegative();
    }

    @Test
    void whatATaskThrowsIsItsFuturesAndTheReactorGoesOn() throws Exception {
        Future<?> failed = executor.submit(() -> {
            throw new IllegalStateException("as planned");
        });
        assertThatThrownBy(failed::get).isInstanceOf(ExecutionException.class).hasMessageContaining("as planned");
        assertThat(executor.submit(() -> 1).get()).isEqualTo(1);
        assertThat(running.thrown).isEmpty();
    }

    @Test
    void whatATaskWithoutFutureThrowsReachesTheExceptionHandler() throws Exception {
        executor.execute(() -> {
            throw new IllegalStateException("as planned");
        });
        executor.submit(NOTHING).get();
        assertThat(running.thrown).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPeriodicTaskRunsUntilItThrows() {
        AtomicInteger runs = new AtomicInteger();
        Runnable thrice = () -> {
            if (runs.incrementAndGet() % 3 == 0) {
                throw new IllegalStateException("as planned");
            }
        };
        for (ScheduledFuture<?> periodic : List.of(
                executor.scheduleAtFixedRate(thrice, 0, 1, NANOSECONDS),
                executor.scheduleWithFixedDelay(thrice, 1, 1, MILLISECONDS))) {
            assertThatThrownBy(periodic::get).hasCauseInstanceOf(IllegalStateException.class);
        }
        assertThat(runs).hasValue(6);
    }

    @Test
    void aPeriodIsLongerThanNothing() {
        assertThatThrownBy(() -> executor.scheduleAtFixedRate(NOTHING, 0, 0, NANOSECONDS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[0 NANOSECONDS]");
        assertThatThrownBy(() -> executor.scheduleWithFixedDelay(NOTHING, 0, -1, NANOSECONDS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPeriodicTaskMayCancelItself() throws Exception {
        CompletableFuture<ScheduledFuture<?>> itself = new CompletableFuture<>();
        AtomicInteger runs = new AtomicInteger();
        itself.complete(executor.scheduleAtFixedRate(
                () -> {
                    runs.incrementAndGet();
                    itself.join().cancel(true);
                },
                1,
                1,
                NANOSECONDS));
        assertThatThrownBy(itself.join()::get).isInstanceOf(CancellationException.class);
        executor.schedule(NOTHING, 1, MILLISECONDS).get();
        assertThat(runs).hasValue(1);
        assertThat(executor.submit(Thread::interrupted).get()).isFalse();
    }

    @Test
    void cancellingTakesTheTimerOut() throws Exception {
        ScheduledFuture<?> late = executor.schedule(NOTHING, 1, HOURS);
        assertThat(timers()).isEqualTo(1);
        assertThat(late.cancel(false)).isTrue();
        assertThat(timers()).isZero();
        assertThat(late.cancel(false)).isFalse();
    }

    @Test
    void cancellingOnTheReactorsThreadTakesTheTimerOutAtOnce() throws Exception {
        ScheduledFuture<?> late = executor.schedule(NOTHING, 1, HOURS);
        assertThat(running.on(() -> {
                    late.cancel(false);
                    return running.reactor.getDelayedCalls();
                }))
                .isEmpty();
    }

    @Test
    void whatWasCancelledOnItsWayNeitherRunsNorLeavesATimer() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        running.on(() -> {
            executor.submit(runs::incrementAndGet).cancel(false);
            executor.schedule(runs::incrementAndGet, 1, HOURS).cancel(false);
            return null;
        });
        assertThat(timers()).isZero();
        assertThat(runs).hasValue(0);
    }

    @Test
    void theReactorsThreadIsNotLetToWaitForItself() throws Exception {
        Callable<Integer> one = () -> 1;
        assertThat(running.on(() -> {
                    Future<Integer> done = executor.submit(one);
                    List<Throwable> refusals = List.of(
                            refusal(() -> done.get()),
                            refusal(() -> done.get(1, HOURS)),
                            refusal(() -> executor.invokeAll(List.of(one))),
                            refusal(() -> executor.invokeAll(List.of(one), 1, HOURS)),
                            refusal(() -> executor.invokeAny(List.of(one))),
                            refusal(() -> executor.invokeAny(List.of(one), 1, HOURS)),
                            refusal(() -> executor.awaitTermination(1, HOURS)));
                    done.cancel(false);
                    return refusals;
                }))
                .allSatisfy(refusal ->
                        assertThat(refusal).isInstanceOf(WrongThread.class).hasMessageContaining("[loop]"));
    }

    @Test
    void anExecutorThatIsNewIsNotWaitedForEither() throws Exception {
        assertThat(running.on(
                        () -> refusal(() -> ReactorExecutor.of(running.reactor).invokeAny(List.of(() -> 1)))))
                .isInstanceOf(WrongThread.class);
    }

    private static Throwable refusal(Callable<?> call) {
        try {
            return new AssertionError("not refused: " + call.call());
        } catch (Exception e) {
            return e;
        }
    }

    @Test
    void whatIsDoneCanBeGotOnTheReactorsThread() throws Exception {
        Future<Integer> done = executor.submit(() -> 1);
        done.get();
        int got = running.on(done::get);
        assertThat(got).isEqualTo(1);
    }

    @Test
    void othersMayInvokeAllAndAny() throws Exception {
        List<Callable<Integer>> tasks = List.of(() -> 1, () -> 2);
        assertThat(executor.invokeAll(tasks)).extracting(Future::get).containsExactly(1, 2);
        assertThat(List.of(1, 2)).contains(executor.invokeAny(tasks));
    }

    @Test
    void anyTaskIsTheFirstThatSucceeds() throws Exception {
        Callable<Integer> fails = () -> {
            throw new IllegalStateException("as planned");
        };
        List<Integer> results = List.of(executor.invokeAny(List.of(fails, () -> 2)));
        assertThat(results).containsExactly(2);
        assertThatThrownBy(() -> executor.invokeAny(List.of(fails, fails)))
                .hasCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> executor.invokeAny(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aWaitForAnyTaskMayBeTooShort() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        executor.submit(() -> mayEnd.await(1, MINUTES));
        assertThatThrownBy(() -> executor.invokeAny(List.of(() -> 1), 1, MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        mayEnd.countDown();
    }

    @Test
    void aShutdownLetsDelayedTasksRunAndEndsPeriodicOnes() throws Exception {
        ScheduledFuture<Integer> delayed = executor.schedule(() -> 1, 5, MILLISECONDS);
        ScheduledFuture<?> periodic = executor.scheduleAtFixedRate(NOTHING, 1, 1, HOURS);
        executor.shutdown();

        assertThat(executor.isShutdown()).isTrue();
        assertThat(periodic.isCancelled()).isTrue();
        assertThatThrownBy(() -> executor.execute(NOTHING))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("shut down");
        assertThat(executor.awaitTermination(1, HOURS)).isTrue();
        assertThat(delayed.get()).isEqualTo(1);
        assertThat(executor.isTerminated()).isTrue();
        assertThat(running.on(running.reactor::isRunning)).isTrue();
    }

    @Test
    void shutdownNowHandsBackWhatHasNotBegun() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        List<Runnable> left = running.on(() -> {
            executor.schedule(runs::incrementAndGet, 1, HOURS);
            executor.execute(runs::incrementAndGet);
            return executor.shutdownNow();
        });
        assertThat(timers()).isZero();
        assertThat(executor.isTerminated()).isTrue();
        assertThat(runs).hasValue(0);
        left.forEach(Runnable::run);
        assertThat(runs).hasValue(2);
    }

    @Test
    void itIsNotTerminatedWhileATaskRunsThoughThatIsCancelled() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        Future<?> task = executor.submit(() -> {
            begun.countDown();
            return mayEnd.await(1, MINUTES);
        });
        begun.await();
        task.cancel(true);
        executor.shutdownNow();
        assertThat(executor.isTerminated()).isFalse();
        mayEnd.countDown();
        assertThat(executor.awaitTermination(1, HOURS)).isTrue();
    }

    @Test
    void aWaitForTheEndMayBeInVain() throws Exception {
        assertThat(executor.awaitTermination(1, MILLISECONDS)).isFalse();
    }

    @Test
    void theEndOfTheReactorCancelsWhatIsLeft() throws Exception {
        ScheduledFuture<?> late = executor.schedule(NOTHING, 1, HOURS);
        CompletableFuture<Boolean> other = new CompletableFuture<>();
        Thread waiting = new Thread(() -> other.complete(isCancelledInTheEnd(late)));
        waiting.start();
        running.reactor.close();

        assertThat(other.get()).isTrue();
        assertThat(late.isCancelled()).isTrue();
        assertThat(executor.isTerminated()).isTrue();
        assertThatThrownBy(() -> executor.execute(NOTHING))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("reactor has ended");
    }

    private static boolean isCancelledInTheEnd(Future<?> future) {
        try {
            future.get();
            return false;
        } catch (CancellationException e) {
            return true;
        } catch (InterruptedException | ExecutionException e) {
            return false;
        }
    }
}
