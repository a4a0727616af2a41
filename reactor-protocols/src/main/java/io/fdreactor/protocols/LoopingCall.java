// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Makes a call repeatedly, on the reactor's thread. Twisted: {@code task.LoopingCall}.
 *
 * <p>Times are counted from the start, so that delays don't add up. A time that has passed while the reactor was busy
 * is skipped. If the call throws, the repetition ends. Belongs to the reactor's thread.
 */
public final class LoopingCall {
    private final IReactorTime clock;
    private final Runnable call;
    private long intervalNanos;
    private long startNanos;
    /** Null while it isn't running; another one after each start. */
    private @Nullable CompletableFuture<Void> ended;

    private @Nullable DelayedCall timer;

    /**
     * Creates a looping call that isn't running yet.
     *
     * @param clock the reactor
     * @param call the call to make
     */
    public LoopingCall(IReactorTime clock, Runnable call) {
        this.clock = Objects.requireNonNull(clock, "a clock can't be null");
        this.call = Objects.requireNonNull(call, "a call can't be null");
    }

    /**
     * Makes the first call at once, and each further one after another interval.
     *
     * @param interval the time between two calls; 0 for a call in each turn of the reactor
     * @return a stage that completes when {@link #stop} is called, and fails with the exception of the call. An
     *     exception of a call that a timer makes also goes to the reactor's exception handler
     * @throws IllegalArgumentException if the interval is negative
     * @throws IllegalStateException if it is already running
     */
    public CompletionStage<Void> start(Duration interval) {
        CompletableFuture<Void> begun = begin(interval);
        try {
            callAndGoOn(begun);
        } catch (Exception e) {
            // The stage has it.
        }
        return begun.minimalCompletionStage();
    }

    /**
     * Does what {@link #start} does, but makes the first call after an interval. Twisted:
     * {@code start(interval, now=False)}.
     *
     * @param interval the time between two calls; 0 for a call in each turn of the reactor
     * @return as {@link #start}
     * @throws IllegalArgumentException if the interval is negative
     * @throws IllegalStateException if it is already running
     */
    public CompletionStage<Void> startLater(Duration interval) {
        CompletableFuture<Void> begun = begin(interval);
        setTimer(begun);
        return begun.minimalCompletionStage();
    }

    private CompletableFuture<Void> begin(Duration interval) {
        if (interval.isNegative()) {
            throw new IllegalArgumentException("an interval can't be negative: [" + interval + "]");
        }
        if (ended != null) {
            throw new IllegalStateException("this looping call is running; stop it before it is started again");
        }
        CompletableFuture<Void> begun = new CompletableFuture<>();
        intervalNanos = IReactorTime.toNanos(interval);
        startNanos = clock.nanoTime();
        ended = begun;
        return begun;
    }

    private void callAndGoOn(CompletableFuture<Void> run) {
        try {
            call.run();
            if (run.equals(ended)) { // Not if the call has stopped it.
                setTimer(run);
            }
        } catch (Throwable thrown) {
            if (run.equals(ended)) {
                ended = null;
            }
            run.completeExceptionally(thrown);
            throw thrown;
        }
    }

    /** If there is no timer to be had, it isn't running. */
    private void setTimer(CompletableFuture<Void> run) {
        boolean set = false;
        try {
            timer = clock.callLater(untilNextNanos(), () -> {
                timer = null;
                callAndGoOn(run);
            });
            set = true;
        } finally {
            if (!set) {
                ended = null;
            }
        }
    }

    private long untilNextNanos() {
        return intervalNanos == 0 ? 0 : intervalNanos - (clock.nanoTime() - startNanos) % intervalNanos;
    }

    /** Makes no further call, and completes the stage. Does nothing if it isn't running. */
    public void stop() {
        CompletableFuture<Void> run = ended;
        if (run != null) {
            cancelTimer();
            ended = null;
            run.complete(null);
        }
    }

    /** Starts the interval again: the next call comes one interval from now. Does nothing if it isn't running. */
    public void reset() {
        CompletableFuture<Void> run = ended;
        if (run != null) {
            startNanos = clock.nanoTime();
            if (timer != null) { // Inside the call there is none, and the next one is set when it returns.
                cancelTimer();
                setTimer(run);
            }
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** {@return whether there will be a further call} */
    public boolean isRunning() {
        return ended != null;
    }
}
