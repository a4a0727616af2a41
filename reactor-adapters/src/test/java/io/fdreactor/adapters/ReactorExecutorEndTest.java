// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.Reactor;
import io.fdreactor.ReactorClosed;
import io.fdreactor.ReactorConfig;
import io.fdreactor.select.SelectReactorProvider;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A reactor that ends without ever having run tells nobody; those who wait learn of it all the same. */
class ReactorExecutorEndTest {
    private final Reactor reactor = new SelectReactorProvider().open(ReactorConfig.DEFAULT);
    private final ReactorExecutor executor = ReactorExecutor.of(reactor);

    @Test
    void aWaitForATaskEndsInACancel() {
        Future<?> task = executor.submit(() -> {});
        CompletableFuture<?> waiting = inAThread(task::get);
        reactor.close();
        assertThatThrownBy(waiting::join).hasRootCauseInstanceOf(CancellationException.class);
        assertThat(executor.isTerminated()).isTrue();
    }

    @Test
    void aWaitForAnyTaskEnds() {
        CompletableFuture<?> waiting = inAThread(() -> executor.invokeAny(List.of(() -> 1, () -> 2)));
        reactor.close();
        assertThatThrownBy(waiting::join)
                .cause()
                .isInstanceOfAny(ExecutionException.class, RejectedExecutionException.class);
    }

    @Test
    void aWaitForTheEndEnds() {
        executor.execute(() -> {});
        CompletableFuture<?> waiting = inAThread(() -> executor.awaitTermination(1, TimeUnit.HOURS));
        reactor.close();
        assertThat(waiting.join()).isEqualTo(true);
    }

    @Test
    void theOpenerMayWaitForAnotherThreadToRunIt() throws Exception {
        Future<Thread> task = executor.submit(Thread::currentThread);
        Thread loop = new Thread(reactor::run, "loop");
        loop.start();
        assertThat(task.get()).isSameAs(loop);
        reactor.close();
    }

    @Test
    void anEndedReactorTakesNoExecutor() {
        reactor.close();
        assertThatThrownBy(() -> ReactorExecutor.of(reactor)).isInstanceOf(ReactorClosed.class);
    }

    private static CompletableFuture<Object> inAThread(Callable<?> call) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                answer.complete(call.call());
            } catch (Throwable thrown) {
                answer.completeExceptionally(new CompletionException(thrown));
            }
        });
        thread.setDaemon(true);
        thread.start();
        return answer;
    }
}
