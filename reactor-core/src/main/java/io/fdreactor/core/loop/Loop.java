// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.EventPhase;
import io.fdreactor.IReactorCore;
import io.fdreactor.IReactorTime;
import io.fdreactor.PollerTrace;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReactorException;
import io.fdreactor.ReactorNotRestartable;
import io.fdreactor.ReactorNotRunning;
import io.fdreactor.SystemEventTrigger;
import io.fdreactor.WrongThread;
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
    private final LoopEnd end;
    private final @Nullable JvmShutdown jvmShutdown;

    private volatile boolean running;
    private boolean started;
    private boolean stopRequested;
    private boolean shutdownFired;
    private boolean shutdownDone;
    private boolean workersOverdue;
    private boolean crashed;
    /** Whether the shutdown has lost all descriptors: from then on it can't run again. */
    private boolean disconnected;

    public Loop(ReactorConfig config, Poller backendPoller, DescriptorPolicy policy, LongSupplier clock) {
        this.config = config;
        this.clock = clock;
        this.callbacks = new Callbacks(config.name(), config.exceptionHandler());
        PollerTrace trace = config.trace();
        Poller poller = trace == null ? backendPoller : new TracingPoller(backendPoller, trace, callbacks);
        this.waker = new Waker(poller, callbacks.counters(), callbacks.events());
        this.calls = new ThreadCalls(waker, callbacks);
        this.timers = new TimerQueue(clock, callbacks, ownership::check);
        this.set = new DescriptorSet(poller, policy, callbacks);
        Dispatcher dispatcher = new Dispatcher(set, callbacks, config.maxEventsPerTurn());
        PollWait pollWait = new PollWait(config, poller, dispatcher, waker, calls, callbacks, clock);
        this.turn = new Turn(calls, timers, set, dispatcher, pollWait, callbacks);
        this.shutdownNotifier = new ShutdownNotifier(set, callbacks);
        this.events = new SystemEvents(callbacks, calls::add);
        this.workers = new Workers(config.name(), config.threadPoolSize(), callbacks);
        this.end = new LoopEnd(
                ownership,
                callbacks,
                calls,
                shutdownNotifier,
                waker,
                timers,
                workers,
                turn,
                () -> shutdownDone,
                this::uninstallJvmShutdown);
        events.own(EventPhase.DURING, IReactorCore.STARTUP, () -> running = started && !disconnected);
        events.own(EventPhase.DURING, IReactorCore.SHUTDOWN, this::disconnect);
        events.own(EventPhase.AFTER, IReactorCore.SHUTDOWN, () -> shutdownDone = true);
        this.jvmShutdown = config.stopOnJvmShutdown() ? JvmShutdown.install(this, config) : null;
    }

    public void run() {
        if (disconnected && ownership.isDriver()) {
            throw new ReactorNotRestartable("the reactor has been shut down, so it can't run again; open another");
        }
        ownership.enter();
        try {
            start();
            while (turn(Long.MAX_VALUE)) {
                // Turns until it is over.
            }
            finish();
        } catch (Throwable fatal) {
            abort(fatal);
            throw fatal;
        } finally {
            end.leave(true);
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
            abort(fatal);
            throw fatal;
        } finally {
            end.leave(false);
        }
    }

    /** Waits once and calls what is ready: no calls, no timers. A call from a thread ends the wait. */
    public void pollOnce(long timeoutNanos) {
        ownership.enter();
        try {
            turn.poll(settle() ? timeoutNanos : 0);
        } catch (Throwable fatal) {
            abort(fatal);
            throw fatal;
        } finally {
            end.leave(false);
        }
    }

    /** Asks for a shutdown; a second time, and after an end in order, it does nothing. */
    public void stop() {
        if (ownership.hasEndedInOrder()) {
            return;
        }
        ownership.check();
        if (!started) {
            throw new ReactorNotRunning("the reactor doesn't run, so it can't be stopped");
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

    /** Ends the reactor. From any thread but its own and its pool's. */
    public void close() {
        if (!ownership.hasEnded() && workers.isWorker(Thread.currentThread())) {
            throw new WrongThread("close waits for the pool to end, so it can't be called on the pool's ["
                    + Thread.currentThread().getName() + "]; use callFromThread(reactor::stop)");
        }
        if (!new Closer(this, IReactorTime.toNanos(config.shutdownTimeout())).end(true)) {
            throw new ReactorException(
                    "FDR-CLOSE-TIMEOUT",
                    "the reactor [" + config.name() + "] was asked to stop and hasn't ended within "
                            + config.shutdownTimeout()
                            + "; a callback blocks it, or a [before shutdown] stage doesn't complete");
        }
    }

    /** Frees all of a reactor that couldn't be opened. */
    public void discard() {
        ownership.takeOver(System.nanoTime());
        try {
            release(false);
        } finally {
            end.leave(true);
        }
    }

    /** Asks for a shutdown from another thread, which waits for it until then (System.nanoTime). */
    void askToStop(long deadlineNanos) {
        long nowNanos = System.nanoTime();
        // The second half of the time is for the end itself, whatever calls are still there.
        calls.askToStop(nowNanos + (deadlineNanos - nowNanos) / 2);
    }

    /** Ends the reactor on this thread, which has entered. */
    void endHere(long deadlineNanos) {
        try {
            if (started) {
                stopRequested = true;
                events.resume(IReactorCore.SHUTDOWN);
                turnUntil(deadlineNanos);
            } else {
                workers.shutdownAndAwait(deadlineNanos);
            }
            release(started);
        } catch (Throwable fatal) {
            abort(fatal);
            throw fatal;
        } finally {
            end.leave(true);
        }
    }

    /** Turns once at least, so that the triggers fire; those that a stage holds back then fire without it. */
    private void turnUntil(long deadlineNanos) {
        boolean more = true;
        long leftNanos = Long.MAX_VALUE;
        while (more && leftNanos > 0) {
            leftNanos = deadlineNanos - System.nanoTime();
            more = turn(Math.max(0, Math.min(leftNanos, Closer.LOOK_AGAIN_NANOS)));
            workers.forgetExiting();
        }
        if (!shutdownDone && !crashed) {
            events.force(IReactorCore.SHUTDOWN);
        }
    }

    /** The loop can't go on. */
    private void abort(Throwable fatal) {
        running = false;
        end.abort(fatal);
    }

    private void release(boolean runCalls) {
        running = false;
        end.release(runCalls);
    }

    private void uninstallJvmShutdown() {
        if (jvmShutdown != null) {
            jvmShutdown.uninstall();
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
        stopRequested |= calls.isStopAsked();
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
        disconnected = true;
        shutdownNotifier.tellAll();
        workers.shutdown(calls::nudge);
        timers.scheduleOwn(IReactorTime.toNanos(config.shutdownTimeout()), () -> workersOverdue = true);
    }

    /**
     * What has to be ended with the reactor although it may not be registered just then.
     *
     * @param call answers whether there was anything; called until there isn't
     */
    public void atEnd(BooleanSupplier call) {
        shutdownNotifier.add(call);
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

    /**
     * Fires an event at once. The shutdown waits for the end of the turn, as after {@link #stop}: it would tell
     * descriptors of their loss inside one of their own callbacks.
     */
    public void fire(String eventType) {
        if (!IReactorCore.SHUTDOWN.equals(eventType)) {
            events.fire(eventType);
        } else if (started) {
            stopRequested = true;
        } else {
            throw new ReactorNotRunning("the reactor doesn't run, so [shutdown] can't be fired; close it instead");
        }
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

    /** Ends the wait that goes on, or the next one; nothing after the end. From any thread. */
    public void wakeUp() {
        calls.nudge();
    }

    /** Completes when the reactor has ended. From any thread. */
    public CompletionStage<@Nullable Void> terminated() {
        return end.terminated();
    }

    /** Whether the reactor belongs to the calling thread. From any thread. */
    public boolean isInReactorThread() {
        return ownership.isOwner();
    }

    /** Throws unless this is the reactor's thread and the reactor hasn't ended. */
    public void check() {
        ownership.check();
    }

    /** Throws unless this is the reactor's thread, or there is none any more. */
    public void checkThread() {
        ownership.checkThread();
    }

    /**
     * Throws unless this is the reactor's thread, or there is none any more.
     *
     * @return whether there is anything left to be cleaned up: not once the reactor has ended
     */
    public boolean mayCleanUp() {
        ownership.checkThread();
        return !ownership.hasEnded();
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
