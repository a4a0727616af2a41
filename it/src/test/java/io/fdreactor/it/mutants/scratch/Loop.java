// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.ConnectionLost;
import io.fdreactor.EventPhase;
import io.fdreactor.IReactorCore;
import io.fdreactor.IReactorTime;
import io.fdreactor.ReactorClosed;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReactorException;
import io.fdreactor.ReactorNotRunning;
import io.fdreactor.SystemEventTrigger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The turn, and the life around it. A turn is calls from threads, timed calls, the shutdown if it was asked for, one
 * wait, and those who are ready. A life is startup, turns, shutdown, release; a crash leaves it between two turns.
 */
class Loop {
    private static final int ROUNDS = 16;

    final ReactorConfig config;
    final Owner owner;
    final Callbacks callbacks;
    final Wait wait;
    final ThreadCalls calls;
    final Timers timers;
    final Descriptors descriptors;
    final Dispatcher dispatcher;
    final SystemEvents events;
    final Pool pool;
    private final @Nullable JvmEnd jvmEnd;
    final CompletableFuture<@Nullable Void> terminated = new CompletableFuture<>();

    private volatile boolean running;
    boolean started;
    boolean stopRequested;
    private boolean shutdownFired;
    private boolean shutdownDone;
    private boolean poolOverdue;
    boolean crashed;

    Loop(ReactorConfig config, Parts parts) {
        this.config = config;
        this.owner = parts.owner.get();
        this.callbacks = parts.callbacks.apply(this);
        this.wait = parts.wait.apply(this);
        this.calls = parts.calls.apply(this);
        this.timers = parts.timers.apply(this);
        this.descriptors = parts.descriptors.apply(this);
        this.dispatcher = parts.dispatcher.apply(this);
        this.events = parts.events.apply(this);
        this.pool = parts.pool.apply(this);
        events.own(EventPhase.DURING, IReactorCore.STARTUP, () -> running = true);
        events.own(EventPhase.DURING, IReactorCore.SHUTDOWN, this::disconnect);
        events.own(EventPhase.AFTER, IReactorCore.SHUTDOWN, () -> shutdownDone = true);
        this.jvmEnd = config.stopOnJvmShutdown() ? parts.jvmEnd.apply(this) : null;
        if (jvmEnd != null) {
            jvmEnd.install();
        }
    }

    // ---- driving

    void run() {
        owner.enter();
        try {
            start();
            while (turn(Long.MAX_VALUE)) {
                // Turns until it is over.
            }
            finish();
        } catch (Throwable fatal) {
            release(false);
            throw fatal;
        } finally {
            wait.giveInterruptBack();
            owner.leave(true);
        }
    }

    boolean iterate(long maxWaitNanos) {
        if (owner.wasStopped()) {
            return false;
        }
        owner.enter();
        try {
            start();
            boolean goesOn = turn(Math.max(0, maxWaitNanos));
            if (!goesOn) {
                finish();
            }
            return goesOn;
        } catch (Throwable fatal) {
            release(false);
            throw fatal;
        } finally {
            wait.giveInterruptBack();
            owner.leave(false);
        }
    }

    void start() {
        if (!started) {
            started = true;
            crashed = false;
            events.fire(IReactorCore.STARTUP);
        }
    }

    boolean turn(long maxWaitNanos) {
        Timers.Mark mark = timers.mark();
        makeCalls(mark);
        if (stopRequested && !shutdownFired && !crashed) {
            beginShutdown();
        }
        tellLosses();
        if (isOver()) {
            return false;
        }
        waitAndDispatch(maxWaitNanos);
        return !isOver();
    }

    void makeCalls(Timers.Mark mark) {
        calls.run();
        timers.run(mark);
    }

    void beginShutdown() {
        shutdownFired = true;
        events.fire(IReactorCore.SHUTDOWN);
    }

    void tellLosses() {
        descriptors.tellLosses();
    }

    void waitAndDispatch(long maxWaitNanos) {
        descriptors.settle();
        wait.await(waitNanos(maxWaitNanos), () -> !calls.isEmpty() || isOver());
        dispatcher.dispatch();
    }

    /** A stop that came with a loss, after the turn has looked for one, has to be seen to first. */
    long waitNanos(long maxWaitNanos) {
        return stopRequested && !shutdownFired ? 0 : Math.min(maxWaitNanos, timers.untilNext());
    }

    boolean isOver() {
        return crashed || shutdownDone && (poolOverdue || pool.isTerminated());
    }

    /** A crash leaves everything for another run, a shutdown nothing. */
    void finish() {
        if (crashed && !shutdownDone) {
            started = false;
        } else {
            release(true);
        }
    }

    // ---- stopping

    void stop() {
        if (owner.wasStopped()) {
            return;
        }
        owner.check();
        if (!started) {
            throw new ReactorNotRunning("the reactor doesn't run, so it can't be stopped");
        }
        stopRequested = true;
    }

    void crash() {
        crashed = true;
        running = false;
    }

    /** In the shutdown. */
    void disconnect() {
        running = false;
        loseAll();
        pool.shutdown();
        timers.schedule(IReactorTime.toNanos(config.shutdownTimeout()), () -> poolOverdue = true);
    }

    /** Those who are told may bring others, but not for ever. */
    void loseAll() {
        for (int round = 0; round < ROUNDS && descriptors.loseAll(ConnectionLost.INSTANCE); round++) {
            // Until nobody is left.
        }
    }

    /** Asks for a shutdown from another thread. */
    void askToStop() {
        try {
            calls.add(() -> stopRequested = true);
        } catch (ReactorClosed e) {
            // It is ending by itself.
        }
    }

    /** From any thread: ends it here if nobody drives it, or asks who does, and waits. */
    void close() {
        owner.closing();
        long timeoutNanos = IReactorTime.toNanos(config.shutdownTimeout());
        long deadline = System.nanoTime() + timeoutNanos;
        boolean asked = false;
        for (long left = timeoutNanos; !owner.hasEnded(); left = deadline - System.nanoTime()) {
            if (owner.enterToEnd()) {
                endHere(left);
            } else if (asked && left <= 0) {
                throw new ReactorException(
                        "FDR-CLOSE-TIMEOUT",
                        "the reactor [" + config.name() + "] hasn't ended within " + config.shutdownTimeout());
            } else {
                askToStop();
                asked = true;
                owner.awaitIdle(left);
            }
        }
    }

    /** Ends it on this thread, which drives it. */
    void endHere(long timeoutNanos) {
        long deadline = System.nanoTime() + timeoutNanos;
        try {
            if (started) {
                stopRequested = true;
                for (long left = timeoutNanos; left > 0 && turn(left); left = deadline - System.nanoTime()) {
                    // Turns until it is over, or the time is.
                }
            } else {
                pool.shutdownAndAwait(timeoutNanos);
            }
        } finally {
            release(started);
            owner.leave(true);
        }
    }

    /** Tells everybody, and frees all that was opened. */
    void release(boolean makeCalls) {
        if (owner.hasEnded()) {
            return;
        }
        running = false;
        try {
            calls.close();
            List<Runnable> left = calls.take();
            if (makeCalls) {
                left.forEach(call -> callbacks.run(call, "a call from a thread", null));
            } else if (!left.isEmpty()) {
                reportDropped(left.size());
            }
            loseAll();
        } finally {
            wait.close();
            timers.clear();
            pool.abandon();
            if (jvmEnd != null) {
                jvmEnd.uninstall();
            }
            owner.end(shutdownDone);
            terminated.complete(null);
        }
    }

    void reportDropped(int count) {
        callbacks.report(new ReactorClosed(count + " calls from threads were dropped"), "close", null);
    }

    // ---- asking

    boolean isRunning() {
        return running;
    }

    Optional<SystemEventTrigger> callWhenRunning(Runnable call) {
        if (running) {
            callbacks.run(call, "callWhenRunning", null);
            return Optional.empty();
        }
        return Optional.of(events.add(new SystemEvents.Trigger(EventPhase.AFTER, IReactorCore.STARTUP, () -> {
            call.run();
            return null;
        })));
    }
}
