// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads behind {@code callInThread}, started as they are needed. The loop turns until the last has finished, so
 * that what it still has to say is heard. For any thread.
 */
class Pool {
    private final Callbacks callbacks;
    private final ThreadPoolExecutor executor;
    private volatile boolean closed;
    private volatile boolean terminated;

    Pool(Loop loop) {
        this.callbacks = loop.callbacks;
        int size = loop.config.threadPoolSize();
        this.executor =
                new ThreadPoolExecutor(
                        size,
                        size,
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> new Thread(task, loop.config.name() + "-pool")) {
                    @Override
                    protected void terminated() {
                        terminated = true;
                        loop.wait.wake();
                    }
                };
        executor.allowCoreThreadTimeOut(true);
    }

    void execute(Runnable task) {
        Objects.requireNonNull(task, "a call can't be null");
        try {
            executor().execute(() -> call(task));
        } catch (RejectedExecutionException e) {
            throw Owner.closed();
        }
    }

    void call(Runnable task) {
        try {
            task.run();
        } catch (Throwable thrown) {
            callbacks.report(thrown, "a call in a thread", null);
        }
    }

    ExecutorService executor() {
        if (closed) {
            throw Owner.closed();
        }
        return executor;
    }

    /** The core size may at no time be above the maximum. */
    void suggestSize(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a pool has at least one thread, not [" + size + "]");
        }
        if (size > executor.getMaximumPoolSize()) {
            executor.setMaximumPoolSize(size);
            executor.setCorePoolSize(size);
        } else {
            executor.setCorePoolSize(size);
            executor.setMaximumPoolSize(size);
        }
    }

    /** Takes no more, finishes what it has. */
    void shutdown() {
        closed = true;
        executor.shutdown();
    }

    boolean isTerminated() {
        return terminated;
    }

    /** As {@link #shutdown}, without a loop to turn meanwhile. */
    void shutdownAndAwait(long timeoutNanos) {
        shutdown();
        try {
            executor.awaitTermination(timeoutNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives up what isn't finished, and says so. */
    void abandon() {
        closed = true;
        int running = executor.getActiveCount();
        List<Runnable> queued = executor.shutdownNow();
        if (running + queued.size() > 0) {
            reportAbandoned(running, queued.size());
        }
    }

    void reportAbandoned(int interrupted, int neverBegun) {
        callbacks.report(
                new IllegalStateException("the reactor ended before its threads had: " + interrupted
                        + " calls were interrupted, " + neverBegun + " never begun"),
                "the end of the thread pool",
                null);
    }
}
