// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import io.fdreactor.Reactor;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One task of a {@link ReactorExecutor}, due at a time of the reactor's clock and, if it has a period, repeatedly. For
 * any thread, except {@link #arm} and {@link #fire} and their alarm, which belong to the reactor's thread.
 *
 * <p>It may be cancelled at any moment, also while it is on its way to the reactor's thread. So the reactor's thread
 * asks the executor, which knows all tasks that are not over, before it sets a timer and again before it runs the task.
 */
class ReactorTask<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {
    private static final AtomicLong NEXT_SEQUENCE = new AtomicLong();

    private final ReactorExecutor executor;
    private final Reactor reactor;
    private final long sequence = NEXT_SEQUENCE.getAndIncrement();

    /** Nanoseconds from one start to the next; if negative, from an end to the next start; 0 for once only. */
    private final long periodNanos;

    private volatile long timeNanos;
    private TaskQueue.@Nullable Alarm alarm;

    /**
     *
     * @param timeNanos the time at which it is first due, by the reactor's clock
     */
    ReactorTask(ReactorExecutor executor, Callable<V> call, long timeNanos, long periodNanos) {
        super(call);
        this.executor = executor;
        this.reactor = executor.reactor();
        this.timeNanos = timeNanos;
        this.periodNanos = periodNanos;
    }

    final ReactorExecutor executor() {
        return executor;
    }

    final boolean isOf(ReactorExecutor mine) {
        return executor == mine;
    }

    /** Runs it, if it is due, or sets a timer. */
    final void arm() {
        executor.loopThread().learn();
        long delayNanos = timeNanos - reactor.nanoTime();
        if (!executor.tasks().owes(this)) {
            // Cancelled on the way.
        } else if (delayNanos <= 0 && !executor.queue().hasEarlier(this)) {
            fire();
        } else {
            await(delayNanos);
        }
    }

    /** Without memory for a timer the task would never run: then it is cancelled, which ends every wait for it. */
    private void await(long delayNanos) {
        boolean waits = false;
        try {
            executor.queue().add(this, delayNanos);
            waits = true;
        } finally {
            if (!waits) {
                cancel(false);
            }
        }
    }

    final void setAlarm(TaskQueue.Alarm set) {
        alarm = set;
    }

    final TaskQueue.@Nullable Alarm takeAlarm() {
        TaskQueue.Alarm taken = alarm;
        alarm = null;
        return taken;
    }

    void fire() {
        if (!executor.tasks().begins(this)) {
            return;
        }
        boolean again = false;
        try {
            if (isPeriodic()) {
                again = runAndReset();
            } else {
                run();
            }
        } finally {
            executor.tasks().ends(this);
        }
        if (again && executor.tasks().owes(this)) {
            timeNanos = periodNanos > 0 ? timeNanos + periodNanos : reactor.nanoTime() - periodNanos;
            // Also if that is past: others have their turn in between.
            await(timeNanos - reactor.nanoTime());
        }
    }

    /** Removes its timer: at once on the reactor's thread, by a call to that thread on others. */
    final void disarm() {
        if (executor.loopThread().isCurrent()) {
            takeTimerOut();
        } else {
            executor.handOver(this::takeTimerOut);
        }
    }

    private void takeTimerOut() {
        executor.queue().remove(this);
    }

    /**
     * Cancels the task. A task that is running is not interrupted, because that would interrupt the reactor's thread.
     */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return super.cancel(false);
    }

    @Override
    protected void done() {
        executor.tasks().isDone(this);
        if (isCancelled()) {
            disarm();
        }
    }

    @Override
    public V get() throws InterruptedException, ExecutionException {
        try {
            return get(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("292 years have passed", e);
        }
    }

    @Override
    public V get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        if (!isDone()) {
            executor.loopThread().refuseToWaitFor(this);
        }
        WaitSlices slices = new WaitSlices(timeout, unit);
        while (!isDone() && slices.isLeft()) {
            try {
                return super.get(slices.nextNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (executor.hasLostItsReactor()) {
                    cancel(false);
                }
            }
        }
        return super.get(0, TimeUnit.NANOSECONDS);
    }

    @Override
    public boolean isPeriodic() {
        return periodNanos != 0;
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(timeNanos - reactor.nanoTime(), TimeUnit.NANOSECONDS);
    }

    /** By time; equal times by order of scheduling. */
    @Override
    public int compareTo(Delayed other) {
        if (other instanceof ReactorTask<?> task && task.isOf(executor)) {
            long difference = timeNanos - task.timeNanos;
            return difference != 0 ? Long.signum(difference) : Long.compare(sequence, task.sequence);
        }
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
