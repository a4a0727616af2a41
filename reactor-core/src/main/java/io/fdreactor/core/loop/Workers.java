// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.ReactorClosed;
import io.fdreactor.ReactorException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The pool behind {@code callInThread}: made on demand, and ended with the reactor, which goes on turning until its
 * last task is done, so a task may still call into the loop. For any thread.
 */
public final class Workers {
    private static final long IDLE_SECONDS = 10;

    private final String reactorName;
    private final Callbacks callbacks;
    private final ThreadFactory threadFactory;
    /** The pool's threads that run. */
    private final Set<Thread> live = ConcurrentHashMap.newKeySet();

    private int size;
    private boolean closed;
    private @Nullable ThreadPoolExecutor pool;

    /** Whether the pool has ended. The executor itself says so only after it has told, which is too late to ask it. */
    private volatile boolean terminated;

    private volatile @Nullable Runnable whenTerminated;

    Workers(String reactorName, int size, Callbacks callbacks) {
        this(reactorName, size, callbacks, new NamedThreads(reactorName + "-pool-"));
    }

    /** @param threadFactory makes the pool's threads */
    Workers(String reactorName, int size, Callbacks callbacks, ThreadFactory threadFactory) {
        this.reactorName = reactorName;
        this.size = size;
        this.callbacks = callbacks;
        this.threadFactory = threadFactory;
    }

    /** Threads with a number each. */
    private static final class NamedThreads implements ThreadFactory {
        private final String prefix;
        private final AtomicInteger count = new AtomicInteger();

        NamedThreads(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public Thread newThread(Runnable task) {
            return new Thread(task, prefix + count.incrementAndGet());
        }
    }

    public void execute(Runnable task) {
        try {
            pool().execute(() -> {
                try {
                    task.run();
                } catch (Throwable thrown) {
                    callbacks.report(thrown, "a call in a thread", null);
                }
            });
        } catch (RejectedExecutionException e) {
            // It was shut down after this thread had got hold of it.
            throw closed();
        } catch (OutOfMemoryError e) {
            if (Callbacks.isOfTheHeap(e)) {
                throw e;
            }
            throw new ReactorException(
                    "FDR-NO-THREAD",
                    "the system gives [" + reactorName + "] no thread for a call in a thread: " + e.getMessage()
                            + "; the call isn't made",
                    e);
        }
    }

    /** Whether this is one of the pool's threads. */
    boolean isWorker(Thread thread) {
        return live.contains(thread);
    }

    /**
     * Ends the pool if all its threads have called {@code System.exit}, out of which they never come. To be called now
     * and then while somebody waits for the pool.
     */
    void forgetExiting() {
        List<Runnable> neverBegun;
        synchronized (this) {
            if (!closed || pool == null || terminated || live.isEmpty() || live.size() != pool.getPoolSize()) {
                return;
            }
            for (Thread thread : live) {
                if (!Closer.isInsideExit(thread)) {
                    return;
                }
            }
            neverBegun = pool.shutdownNow();
        }
        poolTerminated();
        if (!neverBegun.isEmpty()) {
            callbacks.report(
                    new IllegalStateException("the JVM ends while " + neverBegun.size()
                            + " calls wait for the reactor's threads, all of which are inside System.exit"),
                    "the end of the thread pool",
                    null);
        }
    }

    public synchronized ExecutorService pool() {
        if (closed) {
            throw closed();
        }
        if (pool == null) {
            pool = newPool();
        }
        return pool;
    }

    public synchronized void suggestSize(int threadCount) {
        if (threadCount < 1) {
            throw new IllegalArgumentException("a pool has at least one thread, not [" + threadCount + "]");
        }
        size = threadCount;
        if (pool != null) {
            // In this order when it grows, the other when it shrinks: the core may never be above the maximum.
            if (threadCount > pool.getMaximumPoolSize()) {
                pool.setMaximumPoolSize(threadCount);
                pool.setCorePoolSize(threadCount);
            } else {
                pool.setCorePoolSize(threadCount);
                pool.setMaximumPoolSize(threadCount);
            }
        }
    }

    /** Takes no more, finishes what it has. */
    synchronized void shutdown(Runnable callWhenTerminated) {
        closed = true;
        whenTerminated = callWhenTerminated;
        if (pool != null) {
            pool.shutdown();
        }
    }

    synchronized boolean isTerminated() {
        return closed && (pool == null || terminated);
    }

    /** As {@link #shutdown}, for want of a loop; waits until all is done or the time is up. */
    void shutdownAndAwait(long deadlineNanos) {
        CountDownLatch done = new CountDownLatch(1);
        shutdown(done::countDown);
        boolean interrupted = false;
        long leftNanos = deadlineNanos - System.nanoTime();
        while (!isTerminated() && leftNanos > 0) {
            try {
                done.await(Math.min(leftNanos, Closer.LOOK_AGAIN_NANOS), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            forgetExiting();
            leftNanos = deadlineNanos - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Interrupts what still runs and reports it. */
    synchronized void abandon() {
        closed = true;
        if (pool != null && !terminated) {
            int running = pool.getActiveCount();
            int queued = pool.shutdownNow().size();
            if (running + queued > 0) {
                callbacks.report(
                        new IllegalStateException("the reactor ended before its threads had: " + running
                                + " calls were interrupted, " + queued + " never begun"),
                        "the end of the thread pool",
                        null);
            }
        }
    }

    private ThreadPoolExecutor newPool() {
        ThreadPoolExecutor made =
                new ThreadPoolExecutor(
                        size,
                        size,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        task -> threadFactory.newThread(() -> {
                            live.add(Thread.currentThread());
                            try {
                                task.run();
                            } finally {
                                live.remove(Thread.currentThread());
                            }
                        })) {
                    @Override
                    protected void terminated() {
                        poolTerminated();
                    }
                };
        made.allowCoreThreadTimeOut(true);
        return made;
    }

    /** Called under the executor's lock, which others take under this object's: so it takes no lock. */
    private void poolTerminated() {
        terminated = true;
        Runnable call = whenTerminated;
        if (call != null) {
            call.run();
        }
    }

    private static ReactorClosed closed() {
        return new ReactorClosed("the reactor has ended, and its threads with it");
    }
}
