// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.netty;

import io.fdreactor.ReactorClosed;
import io.fdreactor.ReactorConfig;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The JDK's pool: Netty's executors don't change their size. For any thread. */
final class NettyPool {
    private static final long IDLE_SECONDS = 1;

    private final ReactorConfig config;
    private final NettyCallbacks callbacks;
    private final AtomicInteger threads = new AtomicInteger();
    private final ThreadPoolExecutor pool;

    NettyPool(ReactorConfig config, NettyCallbacks callbacks) {
        this.config = config;
        this.callbacks = callbacks;
        this.pool = new ThreadPoolExecutor(
                config.threadPoolSize(),
                config.threadPoolSize(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> new Thread(task, config.name() + "-pool-" + threads.incrementAndGet()));
        pool.allowCoreThreadTimeOut(true);
    }

    void execute(Runnable task) {
        try {
            executor().execute(() -> {
                try {
                    task.run();
                } catch (Throwable thrown) {
                    callbacks.report(thrown, "a call in a thread", null);
                }
            });
        } catch (RejectedExecutionException e) {
            throw closed();
        }
    }

    ExecutorService executor() {
        if (pool.isShutdown()) {
            throw closed();
        }
        return pool;
    }

    private static ReactorClosed closed() {
        return new ReactorClosed("the reactor has ended, and its threads with it");
    }

    void suggestSize(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a pool has at least one thread, not [" + size + "]");
        }
        pool.setCorePoolSize(Math.min(size, pool.getCorePoolSize()));
        pool.setMaximumPoolSize(size);
        pool.setCorePoolSize(size);
    }

    /** Finishes what it has, if that doesn't take too long. */
    void end() {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(config.shutdownTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
                int left = pool.shutdownNow().size();
                callbacks.report(
                        new IllegalStateException("the reactor ended before its threads had; never begun: " + left),
                        "the end of the thread pool",
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
