// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.group;

import io.fdreactor.Reactor;
import io.fdreactor.ReactorClosed;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReactorNotRunning;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One reactor of a group, and the thread that opens it, runs it and closes it. For any thread.
 *
 * <p>The stage of a {@link #call} always completes, even if the reactor ends without having made the call.
 */
final class Member {
    private final ReactorConfig config;
    private final Thread thread;
    private final CompletableFuture<Reactor> running = new CompletableFuture<>();
    private final Set<CompletableFuture<?>> unanswered = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Throwable failure;

    /**
     *
     * @param ended called on the member's thread, as the last thing that it does
     */
    Member(ReactorConfig config, Function<ReactorConfig, Reactor> opener, Consumer<Member> ended) {
        this.config = config;
        this.thread = new Thread(
                () -> {
                    live(opener);
                    ended.accept(this);
                },
                config.name());
        thread.setDaemon(false);
    }

    /**
     * Starts the thread, and waits until the reactor runs.
     *
     * @throws CompletionException with the failure that prevented it
     */
    Reactor start() {
        thread.start();
        return running.join();
    }

    private void live(Function<ReactorConfig, Reactor> opener) {
        try (Reactor reactor = opener.apply(config)) {
            reactor.callWhenRunning(() -> running.complete(reactor));
            reactor.run();
        } catch (Throwable thrown) {
            failure = thrown;
            running.completeExceptionally(thrown);
        }
        ReactorClosed closed = new ReactorClosed("the reactor [" + config.name() + "] has ended; open another group");
        running.completeExceptionally(closed);
        unanswered.forEach(each -> each.completeExceptionally(closed));
    }

    String name() {
        return config.name();
    }

    /** The reactor. It runs, or has ended. */
    Reactor reactor() {
        return running.join();
    }

    /** The failure that ended it, or null if there was none. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    boolean isCurrentThread() {
        return Thread.currentThread().equals(thread);
    }

    /** Asks it to stop, if it runs and hasn't been asked. */
    void stop() {
        if (running.isDone() && !running.isCompletedExceptionally()) {
            call(() -> {
                try {
                    reactor().stop();
                } catch (ReactorNotRunning e) {
                    // Somebody was faster.
                }
                return null;
            });
        }
    }

    /**
     * Calls on the reactor's thread, where the result completes, unless the reactor has ended: then it fails with
     * {@link ReactorClosed}.
     */
    <T extends @Nullable Object> CompletableFuture<T> call(Callable<T> call) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        unanswered.add(answer);
        try {
            reactor().callFromThread(() -> answer(answer, call));
        } catch (ReactorClosed e) {
            answer.completeExceptionally(e);
        }
        return answer.whenComplete((result, thrown) -> unanswered.remove(answer));
    }

    private static <T extends @Nullable Object> void answer(CompletableFuture<T> answer, Callable<T> call) {
        try {
            answer.complete(call.call());
        } catch (Exception e) {
            answer.completeExceptionally(e);
        } catch (Error e) {
            answer.completeExceptionally(e);
            throw e;
        }
    }

    void awaitEnd() throws InterruptedException {
        thread.join();
    }

    /**
     * Waits for the thread's end; an interrupt doesn't cut that short.
     *
     * @param deadlineNanos of System.nanoTime
     * @return whether it has ended
     */
    boolean awaitEnd(long deadlineNanos) {
        boolean interrupted = false;
        long leftNanos = deadlineNanos - System.nanoTime();
        while (thread.isAlive() && leftNanos > 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, leftNanos);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            leftNanos = deadlineNanos - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
