// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.ReactorClosed;
import io.fdreactor.core.observe.SafeText;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The calls that other threads hand to the loop. {@link #add} and {@link #askToStop} are for any thread.
 *
 * <p>A turn runs what was there when it began; what is added meanwhile waits for the next, so a flood starves
 * nobody. Each call that was accepted is run or, if the reactor is closed without running it, counted as dropped.
 *
 * <p>A request to stop is no call: it doesn't wait behind those that were accepted before, and from then on they get a
 * small share of each turn, so that the shutdown goes on beside them.
 */
final class ThreadCalls {
    /** Ends a sleep and does no more, so it isn't missed when it is dropped. */
    private static final Runnable NUDGE = () -> {};
    /** How long the calls of one turn may take once the reactor was asked to stop; the last may take longer. */
    private static final long SHARE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final CallQueue queue = new CallQueue();
    private final Waker waker;
    private final Callbacks callbacks;
    private volatile boolean stopAsked;
    /** Until when calls are run at the end, in System.nanoTime; only once it was asked to stop. */
    private volatile long runUntilNanos;

    ThreadCalls(Waker waker, Callbacks callbacks) {
        this.waker = waker;
        this.callbacks = callbacks;
    }

    void add(Runnable call) {
        Objects.requireNonNull(call, "a call from a thread can't be null");
        if (!queue.offer(call)) {
            throw new ReactorClosed("the reactor has ended, so this call can't be made: [" + SafeText.of(call) + "]");
        }
        waker.wake();
    }

    /** Brings the loop out of its sleep, or out of the one that it is about to begin; for any thread, at any time. */
    void nudge() {
        queue.offer(NUDGE);
        waker.wake();
    }

    /**
     * Asks for a shutdown, before whatever else was accepted.
     *
     * @param runUntilNanos until when, in System.nanoTime, accepted calls may be run; the rest is dropped
     */
    void askToStop(long runUntilNanos) {
        this.runUntilNanos = runUntilNanos;
        stopAsked = true;
        nudge();
    }

    boolean isStopAsked() {
        return stopAsked;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /**
     * Runs a turn's share, or the rest of one: of a turn whose time was up, or in which a call has ended the JVM and
     * so never returned.
     */
    void run() {
        queue.advance();
        boolean stopping = false;
        long endNanos = 0;
        while (!queue.isAtEnd()) {
            if (stopAsked) {
                long nowNanos = System.nanoTime();
                if (!stopping) {
                    stopping = true;
                    endNanos = nowNanos + SHARE_NANOS;
                } else if (nowNanos - endNanos >= 0) {
                    return;
                }
            }
            runNext();
        }
    }

    /** Accepts no more and runs all that was accepted, or as much of it as there is time for. */
    void closeAndRun() {
        queue.close();
        while (!queue.isAtEnd() && !(stopAsked && System.nanoTime() - runUntilNanos >= 0)) {
            runNext();
        }
    }

    private void runNext() {
        Runnable call = queue.await();
        callbacks.counters().threadCalls++;
        callbacks.run(call, "a call from a thread", null);
    }

    /** Accepts no more and forgets what was accepted; answers how many of its users' calls that were. */
    int closeAndDrop() {
        queue.close();
        int dropped = 0;
        while (!queue.isAtEnd()) {
            Runnable call = queue.await();
            if (call instanceof DroppableCall droppable) {
                callbacks.guard(droppable::dropped, "a call that is dropped", null);
            } else if (!CoreWatch.isSame(call, NUDGE)) {
                dropped++;
            }
        }
        return dropped;
    }
}
