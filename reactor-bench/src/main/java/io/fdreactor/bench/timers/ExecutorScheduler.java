// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.timers;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The JDK's scheduler: a heap behind a lock, and one thread that runs what is due. Cancelled tasks leave the heap at
 * once, as they do with the other heaps. A reset is a cancel and a schedule.
 */
final class ExecutorScheduler implements Scheduler {
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
    private final Runnable call;

    ExecutorScheduler(Runnable call) {
        this.call = call;
        executor.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Object schedule(long delayNanos) {
        return executor.schedule(call, delayNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void cancel(Object timer) {
        ((Future<?>) timer).cancel(false);
    }

    @Override
    public void runDue() {
        Thread.onSpinWait();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
