// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.ReactorClosed;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The end of a loop that doesn't turn any more: notifies everybody, frees all that was opened, and completes the stage of
 * those who wait for the end.
 */
final class LoopEnd {
    private final Ownership ownership;
    private final Callbacks callbacks;
    private final ThreadCalls calls;
    private final ShutdownNotifier shutdownNotifier;
    private final Waker waker;
    private final TimerQueue timers;
    private final Workers workers;
    private final Turn turn;
    private final BooleanSupplier inOrder;
    private final Runnable uninstallJvmShutdown;
    private final CompletableFuture<@Nullable Void> termination = new CompletableFuture<>();

    /** What the loop has failed with, or null. */
    private @Nullable Throwable failure;

    /** @param inOrder whether the shutdown was completed */
    LoopEnd(
            Ownership ownership,
            Callbacks callbacks,
            ThreadCalls calls,
            ShutdownNotifier shutdownNotifier,
            Waker waker,
            TimerQueue timers,
            Workers workers,
            Turn turn,
            BooleanSupplier inOrder,
            Runnable uninstallJvmShutdown) {
        this.ownership = ownership;
        this.callbacks = callbacks;
        this.calls = calls;
        this.shutdownNotifier = shutdownNotifier;
        this.waker = waker;
        this.timers = timers;
        this.workers = workers;
        this.turn = turn;
        this.inOrder = inOrder;
        this.uninstallJvmShutdown = uninstallJvmShutdown;
    }

    /**
     * The loop can't go on. What else goes wrong is kept with the reason.
     */
    void abort(Throwable fatal) {
        failure = fatal;
        try {
            release(false);
        } catch (Throwable again) {
            if (!CoreWatch.isSame(again, fatal)) {
                fatal.addSuppressed(again);
            }
        }
    }

    /** This thread leaves the loop. If that was the end, those who wait for it are notified. */
    void leave(boolean free) {
        ownership.leave(free);
        if (!ownership.hasEnded()) {
            return;
        }
        Throwable reason = failure;
        if (reason == null) {
            termination.complete(null);
        } else {
            termination.completeExceptionally(reason);
        }
    }

    /** Completes when the loop has ended. From any thread. */
    CompletionStage<@Nullable Void> terminated() {
        return termination.minimalCompletionStage();
    }

    /**
     * Notifies everybody, and frees all that was opened; the second time it does nothing. The loop doesn't turn any more,
     * so whatever goes wrong on the way ends nothing but itself.
     *
     * @param runCalls whether the calls of threads that were accepted are made, or else dropped
     */
    void release(boolean runCalls) {
        if (ownership.hasEnded()) {
            return;
        }
        callbacks.loopEnds();
        try {
            if (runCalls) {
                calls.closeAndRun();
            }
            shutdownNotifier.tellAll();
        } finally {
            int dropped = calls.closeAndDrop();
            waker.close();
            timers.clear();
            workers.abandon();
            uninstallJvmShutdown.run();
            ownership.close(inOrder.getAsBoolean());
            callbacks.logCounts();
            if (dropped > 0) {
                callbacks.report(
                        new ReactorClosed(dropped + " calls from threads were dropped, for the reactor was closed"
                                + " without running them"),
                        "close",
                        null);
            }
        }
        // Now that what was deregistered is really gone, and nothing can be added any more.
        turn.runAfterPoll();
    }
}
