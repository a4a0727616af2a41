// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that an executor has accepted and that are not over, in order. For any thread.
 *
 * <p>A task is over when it is done and doesn't run; a task that is cancelled while it runs is done before it is over.
 * The executor has terminated when it is shut down and no task is left.
 */
final class TaskTracker {
    private final Set<ReactorTask<?>> owed = new LinkedHashSet<>();
    private final CountDownLatch terminated = new CountDownLatch(1);
    private final Runnable whenTerminated;
    private @Nullable ReactorTask<?> running;
    private boolean shutdown;

    /** @param whenTerminated called once, under this object's lock */
    TaskTracker(Runnable whenTerminated) {
        this.whenTerminated = whenTerminated;
    }

    void accept(ReactorTask<?> task) {
        if (!tryAccept(task)) {
            throw new RejectedExecutionException(
                    "[" + Shown.of(task) + "] comes too late: the executor was shut down, or its reactor has ended");
        }
    }

    private synchronized boolean tryAccept(ReactorTask<?> task) {
        return !shutdown && owed.add(task);
    }

    synchronized boolean owes(ReactorTask<?> task) {
        return owed.contains(task);
    }

    /** A task is about to run; returns whether it may. */
    synchronized boolean begins(ReactorTask<?> task) {
        boolean mayRun = owed.contains(task);
        running = mayRun ? task : null;
        return mayRun;
    }

    /** The task that began doesn't run any more. It may have a result, or wait for its next time. */
    synchronized void ends(ReactorTask<?> task) {
        running = null;
        if (task.isDone()) {
            strike(task);
        }
    }

    /** A task has a result or was cancelled; it may still be running. */
    synchronized void isDone(ReactorTask<?> task) {
        if (!task.equals(running)) {
            strike(task);
        }
    }

    private void strike(ReactorTask<?> task) {
        owed.remove(task);
        terminateIfNothingIsOwed();
    }

    private void terminateIfNothingIsOwed() {
        if (shutdown && owed.isEmpty() && !isTerminated()) {
            terminated.countDown();
            whenTerminated.run();
        }
    }

    /** Accepts no more tasks; returns those that are not over. */
    synchronized List<ReactorTask<?>> close() {
        shutdown = true;
        terminateIfNothingIsOwed();
        return List.copyOf(owed);
    }

    /** Removes all tasks that don't run, and returns them. */
    synchronized List<ReactorTask<?>> withdraw() {
        List<ReactorTask<?>> waiting = new ArrayList<>(owed);
        waiting.remove(running);
        waiting.forEach(this::strike);
        return waiting;
    }

    synchronized boolean isShutdown() {
        return shutdown;
    }

    boolean isTerminated() {
        return terminated.getCount() == 0;
    }

    boolean awaitTermination(long timeoutNanos) throws InterruptedException {
        return terminated.await(timeoutNanos, TimeUnit.NANOSECONDS);
    }
}
