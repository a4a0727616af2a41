// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.WrongThread;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In which order tasks run, and what users' own code in them can't do to the others. */
class ReactorExecutorOrderTest {
    private final RunningReactor running = new RunningReactor();
    private final ReactorExecutor executor = ReactorExecutor.of(running.reactor);

    @AfterEach
    void close() {
        running.close();
    }

    @Test
    void equalDelaysKeepTheirOrder() throws Exception {
        List<Integer> expected = IntStream.range(0, 200).boxed().toList();
        for (int round = 0; round < 50; round++) {
            List<Integer> order = Collections.synchronizedList(new ArrayList<>());
            CountDownLatch all = new CountDownLatch(expected.size());
            for (int each : expected) {
                executor.schedule(
                        () -> {
                            order.add(each);
                            all.countDown();
                        },
                        200 + round * 20L,
                        TimeUnit.MICROSECONDS);
            }
            all.await();
            assertThat(order).as("round %d", round).isEqualTo(expected);
        }
        assertThat(running.on(running.reactor::getDelayedCalls)).isEmpty();
    }

    @Test
    void cancelledTasksAmongOthersLeaveOrderAndNoTimers() throws Exception {
        for (int round = 0; round < 20; round++) {
            List<Integer> order = Collections.synchronizedList(new ArrayList<>());
            List<Integer> expected = new ArrayList<>();
            List<ScheduledFuture<?>> tasks = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                int number = i;
                tasks.add(executor.schedule(() -> order.add(number), i % 3 == 0 ? 1 : 1_000, TimeUnit.MILLISECONDS));
                if (i % 3 == 0) {
                    expected.add(i);
                }
            }
            for (int i = 0; i < 300; i++) {
                if (i % 3 != 0) {
                    tasks.get(i).cancel(false);
                }
            }
            for (int i = 0; i < 300; i += 3) {
                tasks.get(i).get();
            }
            assertThat(order).isEqualTo(expected);
            assertThat(running.on(running.reactor::getDelayedCalls)).isEmpty();
        }
    }

    @Test
    void aTaskOfALaterTimeDoesNotOvertakeOneThatIsDue() throws Exception {
        List<String> order = new ArrayList<>();
        running.on(() -> {
            executor.schedule(() -> order.add("first"), 1, TimeUnit.NANOSECONDS);
            executor.execute(() -> order.add("second"));
            executor.schedule(() -> order.add("third"), 1, TimeUnit.NANOSECONDS);
            return null;
        });
        executor.schedule(() -> {}, 20, TimeUnit.MILLISECONDS).get();
        assertThat(order).containsExactly("first", "second", "third");
    }

    @Test
    void timesAtTheirLimits() throws Exception {
        ScheduledFuture<?> never = executor.schedule(() -> {}, Long.MAX_VALUE, TimeUnit.DAYS);
        assertThat(executor.schedule(() -> 1, Long.MIN_VALUE, TimeUnit.DAYS).get())
                .isEqualTo(1);
        assertThatThrownBy(() -> never.get(Long.MIN_VALUE, TimeUnit.NANOSECONDS))
                .isInstanceOf(TimeoutException.class);
        assertThat(executor.awaitTermination(Long.MIN_VALUE, TimeUnit.DAYS)).isFalse();
        never.cancel(false);
    }

    @Test
    void aTaskThatCannotBeNamedIsStillRefusedAsOne() {
        executor.shutdown();
        Runnable nameless = new Runnable() {
            @Override
            public void run() {}

            @Override
            public String toString() {
                throw new StackOverflowError();
            }
        };
        assertThatThrownBy(() -> executor.execute(nameless)).isInstanceOf(RejectedExecutionException.class);
        Runnable forging = new Runnable() {
            @Override
            public void run() {}

            @Override
            public String toString() {
                return "\nWARN forged\u001b[31m";
            }
        };
        assertThatThrownBy(() -> executor.execute(forging))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageStartingWith("[?WARN forged?[31m] comes too late");
    }

    @Test
    void aFutureThatThrowsWhenCancelledHoldsUpNobody() throws Exception {
        FutureTask<Integer> bad = new FutureTask<>(() -> 1) {
            @Override
            protected void done() {
                throw new AssertionError("as planned");
            }
        };
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        executor.execute(() -> {
            begun.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        begun.await();
        executor.execute(bad);
        ScheduledFuture<?> other = executor.schedule(() -> {}, 1, TimeUnit.HOURS);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(running::close);
        goOn.countDown();
        closing.get();
        assertThat(bad.isDone()).isTrue();
        assertThat(other.isDone()).isTrue();
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void closingOnTheReactorsThreadAndFromItsPool() throws Exception {
        executor.schedule(() -> {}, 1, TimeUnit.HOURS);
        assertThatThrownBy(() -> running.on(() -> {
                    executor.shutdown();
                    return executor.awaitTermination(1, TimeUnit.HOURS);
                }))
                .satisfiesAnyOf(
                        thrown -> assertThat(thrown).hasCauseInstanceOf(WrongThread.class),
                        thrown -> assertThat(thrown).isInstanceOf(WrongThread.class));
        ReactorExecutor second = ReactorExecutor.of(running.reactor);
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        running.reactor.callInThread(() -> {
            Thread.currentThread().interrupt();
            second.shutdown();
            try {
                ended.complete(second.awaitTermination(1, TimeUnit.HOURS));
            } catch (InterruptedException e) {
                ended.complete(second.isShutdown());
            }
        });
        assertThat(ended.get()).isTrue();
    }
}
