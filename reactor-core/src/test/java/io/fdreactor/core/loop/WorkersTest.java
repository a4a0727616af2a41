// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.ReactorClosed;
import io.fdreactor.ReactorException;
import io.fdreactor.core.testing.Journal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The pool behind {@code callInThread}. */
class WorkersTest {
    private final Journal journal = new Journal();
    private final Workers workers = new Workers("fake", 2, new Callbacks("fake", journal));

    @AfterEach
    void endThreads() {
        workers.abandon();
    }

    @Test
    void aTaskRunsOnAThreadThatIsNamedAfterTheReactor() throws Exception {
        CompletableFuture<String> name = new CompletableFuture<>();
        workers.execute(() -> name.complete(Thread.currentThread().getName()));
        assertThat(name.get(30, TimeUnit.SECONDS)).startsWith("fake-pool-");
    }

    @Test
    void whatATaskThrowsIsReportedAndTheThreadLivesOn() throws Exception {
        workers.suggestSize(1);
        workers.execute(() -> {
            throw new IllegalStateException("oops");
        });
        CompletableFuture<String> after = new CompletableFuture<>();
        workers.execute(() -> after.complete(Thread.currentThread().getName()));
        assertThat(after.get(30, TimeUnit.SECONDS)).isEqualTo("fake-pool-1");
        assertThat(journal.take()).containsExactly("reported IllegalStateException(oops) in a call in a thread");
    }

    @Test
    void aThreadThatTheSystemRefusesIsTheCallsFailureAndTheNextMayHaveOne() throws Exception {
        boolean[] refuses = {true};
        Workers scarce = new Workers("fake", 2, new Callbacks("fake", journal), task -> {
            // Not by a thread whose start fails: newer JDKs start a pool's threads past it.
            if (refuses[0]) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return new Thread(task);
        });
        assertThatThrownBy(() -> scarce.execute(journal.note("never")))
                .isInstanceOf(ReactorException.class)
                .hasMessageContaining("FDR-NO-THREAD");
        refuses[0] = false;
        CompletableFuture<String> done = new CompletableFuture<>();
        scarce.execute(() -> done.complete("done"));
        assertThat(done.get(30, TimeUnit.SECONDS)).isEqualTo("done");
        assertThat(journal.take()).isEmpty();
        scarce.abandon();
    }

    @Test
    void anInterruptCutsNoTasks() {
        CountDownLatch go = new CountDownLatch(1);
        workers.suggestSize(1);
        workers.execute(() -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                journal.add("cut");
            }
        });
        workers.execute(journal.note("the second"));
        Thread.currentThread().interrupt();
        go.countDown();
        workers.shutdownAndAwait(System.nanoTime() + TimeUnit.MINUTES.toNanos(5));
        assertThat(Thread.interrupted()).as("it is kept").isTrue();
        workers.abandon();
        assertThat(journal.take()).containsExactly("the second");
    }

    @Test
    void withoutTasksThereAreNoThreadsAndTheEndIsImmediate() {
        AtomicInteger told = new AtomicInteger();
        workers.shutdown(told::incrementAndGet);
        assertThat(workers.isTerminated()).isTrue();
    }

    @Test
    void afterTheShutdownNothingIsTaken() {
        workers.shutdown(() -> {});
        assertThatThrownBy(() -> workers.execute(() -> {})).isInstanceOf(ReactorClosed.class);
        assertThatThrownBy(workers::pool).isInstanceOf(ReactorClosed.class);
    }

    @Test
    void aPoolThatSomebodyElseHasShutDownRefusesWithAClearException() {
        workers.pool().shutdown();
        assertThatThrownBy(() -> workers.execute(() -> {})).isInstanceOf(ReactorClosed.class);
    }

    @Test
    void whatWasQueuedBeforeTheShutdownIsDone() throws Exception {
        CountDownLatch proceed = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            workers.execute(() -> {
                awaitQuietly(proceed);
                done.countDown();
            });
        }
        CountDownLatch terminated = new CountDownLatch(1);
        workers.shutdown(terminated::countDown);
        assertThat(workers.isTerminated()).isFalse();
        proceed.countDown();
        assertThat(terminated.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(done.getCount()).isZero();
    }

    @Test
    void itIsTerminatedForWhoeverIsToldSo() throws Exception {
        // The loop looks once when it is told, and then sleeps: "not quite yet" would cost the whole timeout.
        CompletableFuture<Boolean> seen = new CompletableFuture<>();
        workers.execute(() -> {});
        workers.shutdown(() -> seen.complete(workers.isTerminated()));
        assertThat(seen.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsAbandonedIsInterruptedAndReported() throws Exception {
        workers.suggestSize(1);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> end = new CompletableFuture<>();
        workers.execute(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                end.complete("interrupted");
            }
        });
        workers.execute(() -> end.complete("begun too late"));
        begun.await();
        workers.abandon();
        assertThat(end.get(30, TimeUnit.SECONDS)).isEqualTo("interrupted");
        assertThat(journal.take()).singleElement().asString().contains("1 calls were interrupted, 1 never begun");
    }

    /** The last worker ends the pool while another thread does: they may not wait for each other. */
    @RepeatedTest(500)
    void aPoolMayBeAbandonedWhileItEnds() throws Exception {
        CountDownLatch proceed = new CountDownLatch(1);
        workers.suggestSize(1);
        workers.execute(() -> awaitQuietly(proceed));
        CountDownLatch terminated = new CountDownLatch(1);
        workers.shutdown(terminated::countDown);
        proceed.countDown();
        workers.abandon();
        assertThat(terminated.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void thePoolGrowsAndShrinksToWhatIsSuggested() {
        ThreadPoolExecutor pool = (ThreadPoolExecutor) workers.pool();
        assertThat(pool.getMaximumPoolSize()).isEqualTo(2);
        workers.suggestSize(7);
        assertThat(pool.getCorePoolSize()).isEqualTo(7);
        assertThat(pool.getMaximumPoolSize()).isEqualTo(7);
        workers.suggestSize(1);
        assertThat(pool.getCorePoolSize()).isEqualTo(1);
        assertThat(pool.getMaximumPoolSize()).isEqualTo(1);
        assertThatThrownBy(() -> workers.suggestSize(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
