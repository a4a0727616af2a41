// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.EventPhase;
import io.fdreactor.IReactorCore;
import io.fdreactor.IReactorTime;
import io.fdreactor.ReactorClosed;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReactorException;
import io.fdreactor.ReactorNotRunning;
import io.fdreactor.SystemEventTrigger;
import io.fdreactor.core.spi.Poller;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The life of a reactor: startup, turns, shutdown, release; a crash leaves it between two turns, to begin anew with a
 * startup. {@link Turn} is what happens again and again, {@link Ownership} says which thread may do what.
 */
public final class Loop {
    private final ReactorConfig config;
    private final LongSupplier clock;
    private final Ownership ownership = new Ownership();
    private final Callbacks callbacks;
    private final Waker waker;
    private final ThreadCalls calls;
    private final TimerQueue timers;
    private final DescriptorSet set;
    private final Turn turn;
    private final ShutdownNotifier shutdownNotifier;
    private final SystemEvents events;
    private final Workers workers;
    private final @Nullable JvmShutdown jvmShutdown;

    private volatile boolean running;
    private boolean started;
    private boolean stopRequested;
    private boolean shutdownFired;
    private boolean shutdownDone;
    private boolean workersOverdue;
    private boolean crashed;

    public Loop(ReactorConfig config, Poller poller, DescriptorPolicy policy, LongSupplier clock) {
        this.config = config;
        this.clock = clock;
        this.callbacks = new Callbacks(config.name(), config.exceptionHandler());
        this.waker = new Waker(poller, callbacks.counters(), callbacks.events());
        this.calls = new ThreadCalls(waker, callbacks);
        this.timers = new TimerQueue(clock, callbacks, ownership::check);
        this.set = new DescriptorSet(poller, policy, callbacks);
        Dispatcher dispatcher = new Dispatcher(set, callbacks, config.maxEventsPerTurn());
        PollWait pollWait = new PollWait(config, poller, dispatcher, waker, calls, callbacks, clock);
        this.turn = new Turn(calls, timers, set, dispatcher, pollWait, callbacks);
        this.shutdownNotifier = new ShutdownNotifier(set);
        this.events = new SystemEvents(callbacks, calls::add);
        this.workers = new Workers(config.name(), config.threadPoolSize(), callbacks);
        events.own(EventPhase.DURING, IReactorCore.STARTUP, () -> running = true);
        events.own(EventPhase.DURING, IReactorCore.SHUTDOWN, this::disconnect);
        events.own(EventPhase.AFTER, IReactorCore.SHUTDOWN, () -> shutdownDone = true);
        this.jvmShutdown = config.stopOnJvmShutdown() ? JvmShutdown.install(this, config) : null;
    }

    public void run() {
        ownership.enter();
        try {
            start();
            while (turn(Long.MAX_VALUE)) {
                // Turns until it is over.
            }
            finish();
        } catch (Throwable fatal) {
            releaseAfter(fatal);
            throw fatal;
        } finally {
            ownership.leave(true);
        }
    }

    public boolean iterate(long maxWaitNanos) {
        if (ownership.hasEndedInOrder()) {
            return false;
        }
        ownership.enter();
        try {
            start();
            if (turn(Math.max(0, maxWaitNanos))) {
                return true;
            }
            finish();
            return false;
        } catch (Throwable fatal) {
            releaseAfter(fatal);
            throw fatal;
        } finally {
            ownership.leave(false);
        }
    }

    /** Waits once and calls what is ready: no calls, no timers. A call from a thread ends the wait. */
    public void pollOnce(long timeoutNanos) {
        ownership.enter();
        try {
            turn.poll(settle() ? timeoutNanos : 0);
        } catch (Throwable fatal) {
            releaseAfter(fatal);
            throw fatal;
        } finally {
            ownership.leave(false);
        }
    }

    public void stop() {
        ownership.checkRunnable("stop");
        if (!started || stopRequested) {
            throw new ReactorNotRunning(
                    started
                            ? "the reactor was asked to stop before"
                            : "the reactor doesn't run, so it can't be stopped");
        }
        stopRequested = true;
    }

    public void crash() {
        crashed = true;
        running = false;
    }

    public boolean isRunning() {
        return running;
    }

    /**
     * Ends the reactor: here, if no thread drives it; by asking the one that does, and waiting, otherwise. From any
     * thread.
     */
    public void close() {
        long timeoutNanos = IReactorTime.toNanos(config.shutdownTimeout());
        long deadlineNanos = System.nanoTime() + timeoutNanos;
        boolean asked = false;
        while (true) {
            switch (ownership.enterToClose(asked ? deadlineNanos : System.nanoTime())) {
                case CLOSED -> {
                    return;
                }
                case ENTERED -> {
                    endHere(deadlineNanos);
                    return;
                }
                case BUSY -> {
                    if (asked && System.nanoTime() - deadlineNanos >= 0) {
                        throw new ReactorException(
                                "FDR-CLOSE-TIMEOUT",
                                "the reactor [" + config.name() + "] was asked to stop and hasn't ended within "
                                        + config.shutdownTimeout()
                                        + "; a callback blocks it, or a [before shutdown] stage"
                                        + " doesn't complete");
                    }
                    askToStop();
                    asked = true;
                }
            }
        }
    }

    /** Asks for a shutdown from another thread; does nothing if it was asked before. */
    void askToStop() {
        try {
            calls.add(() -> stopRequested = true);
        } catch (ReactorClosed e) {
            // Then it is ending.
            waker.wake();
        }
    }

    /** Ends the reactor on this thread, which has entered. */
    void endHere(long deadlineNanos) {
        try {
            if (started) {
                stopRequested = true;
                events.resume(IReactorCore.SHUTDOWN);
                long leftNanos = deadlineNanos - System.nanoTime();
                while (leftNanos > 0 && turn(leftNanos)) {
                    leftNanos = deadlineNanos - System.nanoTime();
                }
            } else {
                workers.shutdownAndAwait(deadlineNanos);
            }
            release(started);
        } catch (Throwable fatal) {
            releaseAfter(fatal);
            throw fatal;
        } finally {
            ownership.leave(true);
        }
    }

    Ownership ownership() {
        return ownership;
    }

    private void start() {
        if (!started) {
            started = true;
            crashed = false;
            callbacks.events().awake();
            events.fire(IReactorCore.STARTUP);
        }
    }

    /** After the last turn: a crash leaves all as it is, a shutdown, if only one that had begun, frees it. */
    private void finish() {
        if (crashed && !shutdownDone) {
            crashed = false;
            started = false;
            stopRequested = shutdownFired;
        } else {
            release(true);
        }
    }

    private boolean turn(long maxWaitNanos) {
        turn.makeCalls();
        if (stopRequested && !shutdownFired && !crashed) {
            shutdownFired = true;
            events.fire(IReactorCore.SHUTDOWN);
        }
        boolean mayWait = settle();
        if (isOver()) {
            return false;
        }
        turn.poll(mayWait ? Math.min(maxWaitNanos, timers.untilNextNanos(Long.MAX_VALUE)) : 0);
        return !isOver();
    }

    /** @return whether the poll may wait */
    private boolean settle() {
        return turn.settle() && (!stopRequested || shutdownFired);
    }

    private boolean isOver() {
        return crashed || shutdownDone && (workersOverdue || workers.isTerminated());
    }

    /** Calls once after the next poll, when what was deregistered before is really gone. */
    public void afterPoll(Runnable call) {
        turn.afterPoll(call);
    }

    /** The loop's own share of a shutdown: every descriptor is lost, the pool takes no more. */
    private void disconnect() {
        running = false;
        shutdownNotifier.tellAll();
        workers.shutdown(calls::nudge);
        timers.schedule(IReactorTime.toNanos(config.shutdownTimeout()), () -> workersOverdue = true);
    }

    /**
     * What has to be ended with the reactor although it may not be registered just then.
     *
     * @param call answers whether there was anything; called until there isn't
     */
    public void atEnd(BooleanSupplier call) {
        shutdownNotifier.add(call);
    }

    /** Releases all; what goes wrong with that is no more than added to what has ended the loop. */
    private void releaseAfter(Throwable fatal) {
        try {
            release(false);
        } catch (Throwable thrown) {
            if (!CoreWatch.isSame(thrown, fatal)) {
                fatal.addSuppressed(thrown);
            }
        }
    }

    /**
     * Tells everybody, and frees all that was opened. The loop doesn't turn any more, so whatever goes wrong on the way
     * ends nothing but itself.
     */
    private void release(boolean runCalls) {
        if (ownership.hasEnded()) {
            return;
        }
        running = false;
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
            if (jvmShutdown != null) {
                jvmShutdown.uninstall();
            }
            ownership.close(shutdownDone);
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

    public Optional<SystemEventTrigger> callWhenRunning(Runnable call) {
        if (running) {
            callbacks.guard(call, "callWhenRunning", null);
            return Optional.empty();
        }
        return Optional.of(addTrigger(EventPhase.AFTER, IReactorCore.STARTUP, asTrigger(call)));
    }

    public SystemEventTrigger addTrigger(
            EventPhase phase, String eventType, Callable<? extends @Nullable CompletionStage<?>> trigger) {
        return events.add(phase, eventType, trigger);
    }

    public boolean removeTrigger(SystemEventTrigger trigger) {
        return events.remove(trigger);
    }

    public void fire(String eventType) {
        events.fire(eventType);
    }

    /** A trigger that holds nothing back. */
    public static Callable<@Nullable CompletionStage<?>> asTrigger(Runnable call) {
        return () -> {
            call.run();
            return null;
        };
    }

    public void callFromThread(Runnable call) {
        calls.add(call);
    }

    /** Throws unless this is the reactor's thread and the reactor hasn't ended. */
    public void check() {
        ownership.check();
    }

    /** Throws unless this is the reactor's thread, or there is none any more. */
    public void checkThread() {
        ownership.checkThread();
    }

    public String name() {
        return config.name();
    }

    public long nanoTime() {
        return clock.getAsLong();
    }

    public Callbacks callbacks() {
        return callbacks;
    }

    public TimerQueue timers() {
        return timers;
    }

    public DescriptorSet descriptors() {
        return set;
    }

    public Workers workers() {
        return workers;
    }
}
