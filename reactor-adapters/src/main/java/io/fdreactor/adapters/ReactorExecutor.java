// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import io.fdreactor.EventPhase;
import io.fdreactor.IReactorCore;
import io.fdreactor.IReactorTime;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorClosed;
import io.fdreactor.SystemEventTrigger;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A reactor as a {@link ScheduledExecutorService}: tasks run on the reactor's thread, between its other callbacks, one
 * at a time. From any thread.
 *
 * <p><b>Tasks.</b> They run in the order of the times at which they are due, and the tasks of one caller with equal
 * delays in submission order, in a later turn. An exception of a task completes its future exceptionally and, if the
 * task is periodic, ends it; an exception of a task that was passed to {@link #execute} goes to the reactor's
 * {@link io.fdreactor.ExceptionHandler}. Delays are reduced to {@link IReactorTime#MAX_DELAY_NANOS}, and negative ones
 * are 0. Cancelling removes a task's timer from the reactor and never interrupts: the thread is the reactor's.
 *
 * <p><b>Waiting.</b> On the reactor's own thread, waiting for an unfinished task ({@code get}, {@code invokeAll},
 * {@code invokeAny}, {@code awaitTermination}) would never end. These methods throw
 * {@link io.fdreactor.WrongThread} instead.
 *
 * <p><b>The end.</b> Shutting the executor down does not affect the reactor. As with the JDK's executors, tasks that
 * were accepted before are still run, with their delays, and periodic ones are cancelled; {@link #shutdownNow} returns
 * the tasks that haven't begun, as they were given. When the reactor ends, after its {@link IReactorCore#SHUTDOWN}, all
 * remaining tasks are cancelled. If it ends without a shutdown (closed before it ran, or by a
 * {@link VirtualMachineError}), threads that wait notice that within about a second. From then on tasks are rejected.
 */
public final class ReactorExecutor extends AbstractExecutorService implements ScheduledExecutorService {
    private final Reactor reactor;
    private final LoopThread loopThread;
    private final TaskTracker tasks = new TaskTracker(() -> handOver(this::leaveReactor));

    private final TaskQueue queue;

    /** The reactor's thread's. */
    private @Nullable SystemEventTrigger atReactorsEnd;

    private ReactorExecutor(Reactor reactor) {
        this.reactor = reactor;
        this.loopThread = new LoopThread(reactor);
        this.queue = new TaskQueue(reactor);
    }

    /**
     * Makes an executor. Each call returns a new one with its own shutdown. From any thread.
     *
     * @param reactor the reactor whose thread runs the tasks
     * @return the executor
     * @throws ReactorClosed if the reactor has ended
     */
    public static ReactorExecutor of(Reactor reactor) {
        ReactorExecutor executor = new ReactorExecutor(Objects.requireNonNull(reactor, "a reactor can't be null"));
        reactor.callFromThread(executor::begin);
        return executor;
    }

    private void begin() {
        loopThread.learn();
        if (!isTerminated()) {
            atReactorsEnd =
                    reactor.addSystemEventTrigger(EventPhase.AFTER, IReactorCore.SHUTDOWN, this::reactorHasEnded);
        }
    }

    private void reactorHasEnded() {
        tasks.close().forEach(task -> task.cancel(false));
    }

    @Override
    public void execute(Runnable command) {
        Objects.requireNonNull(command, "a task can't be null");
        accept(
                command instanceof ReactorTask<?> task && task.isOf(this)
                        ? task
                        : new Command(this, command, reactor.nanoTime()));
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> callable) {
        return new ReactorTask<>(this, callable, reactor.nanoTime(), 0);
    }

    @Override
    protected <T> RunnableFuture<T> newTaskFor(Runnable runnable, T value) {
        return newTaskFor(Executors.callable(runnable, value));
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(Executors.callable(command), delay, unit);
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        Objects.requireNonNull(callable, "a task can't be null");
        return accept(new ReactorTask<>(this, callable, timeAfter(delay, unit), 0));
    }

    /**
     * Does what {@link ScheduledExecutorService} specifies; starts that were missed because the reactor was busy follow
     * in one turn each.
     */
    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return repeat(command, initialDelay, periodNanos(period, unit), unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return repeat(command, initialDelay, -periodNanos(delay, unit), unit);
    }

    private ScheduledFuture<?> repeat(Runnable command, long initialDelay, long periodNanos, TimeUnit unit) {
        return accept(new ReactorTask<>(this, Executors.callable(command), timeAfter(initialDelay, unit), periodNanos));
    }

    private static long periodNanos(long period, TimeUnit unit) {
        if (period <= 0) {
            throw new IllegalArgumentException("a period is longer than nothing, not [" + period + " " + unit + "]");
        }
        return Math.min(unit.toNanos(period), IReactorTime.MAX_DELAY_NANOS);
    }

    private long timeAfter(long delay, TimeUnit unit) {
        return reactor.nanoTime() + Math.max(0, Math.min(unit.toNanos(delay), IReactorTime.MAX_DELAY_NANOS));
    }

    <T extends ReactorTask<?>> T accept(T task) {
        tasks.accept(task);
        try {
            reactor.callFromThread(task::arm);
        } catch (ReactorClosed e) {
            reactorHasEnded();
            throw new RejectedExecutionException("[" + Shown.of(task) + "] comes too late: the reactor has ended", e);
        }
        return task;
    }

    Reactor reactor() {
        return reactor;
    }

    LoopThread loopThread() {
        return loopThread;
    }

    TaskQueue queue() {
        return queue;
    }

    TaskTracker tasks() {
        return tasks;
    }

    private void leaveReactor() {
        if (atReactorsEnd != null) {
            reactor.removeSystemEventTrigger(atReactorsEnd);
        }
    }

    /** Makes a call on the reactor's thread, for which it doesn't matter if there is no reactor any more. */
    void handOver(Runnable call) {
        try {
            reactor.callFromThread(call);
        } catch (ReactorClosed e) {
            // Then it has let go of everything.
            return;
        }
    }

    /** Whether the reactor has ended; if it has, everything left is cancelled. */
    boolean hasLostItsReactor() {
        try {
            reactor.callFromThread(() -> {});
            return false;
        } catch (ReactorClosed e) {
            reactorHasEnded();
            return true;
        }
    }

    @Override
    public void shutdown() {
        tasks.close().stream().filter(ReactorTask::isPeriodic).forEach(task -> task.cancel(false));
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        List<ReactorTask<?>> waiting = tasks.withdraw();
        waiting.forEach(ReactorTask::disarm);
        return List.copyOf(waiting);
    }

    @Override
    public boolean isShutdown() {
        return tasks.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return tasks.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        if (!isTerminated()) {
            loopThread.refuseToWaitFor(this);
        }
        WaitSlices slices = new WaitSlices(timeout, unit);
        while (slices.isLeft() && !tasks.awaitTermination(slices.nextNanos())) {
            hasLostItsReactor();
        }
        return isTerminated();
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) throws InterruptedException {
        loopThread.refuseToWaitFor("invokeAll");
        return super.invokeAll(tasks);
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException {
        loopThread.refuseToWaitFor("invokeAll");
        return super.invokeAll(tasks, timeout, unit);
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks) throws InterruptedException, ExecutionException {
        loopThread.refuseToWaitFor("invokeAny");
        try {
            return new AnyResult<T>(this).await(tasks, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("292 years have passed", e);
        }
    }

    @Override
    public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        loopThread.refuseToWaitFor("invokeAny");
        return new AnyResult<T>(this).await(tasks, timeout, unit);
    }

    @Override
    public String toString() {
        return "executor of " + reactor;
    }
}
