// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes a call when nothing has happened for some time. Twisted: {@code TimeoutMixin}. A protocol creates one, sets it
 * when it is connected, resets it whenever it receives data, and sets it to null when the connection has ended.
 *
 * <<<<<<< HEAD
 * <p>{@link #resetTimeout} only notes the time; no timer is touched. When the timer is due and there was life since, it is
 * set anew for what is left, so that it comes no earlier than the timeout and costs one timer a timeout.
 *
 * <p>When the timer is due and there was no life, the reactor has one more turn before the call is made: if a callback took
 * longer than the timeout, a sign of life may wait in the kernel, and be handed over in that turn.
 * =======
 * <p>{@link #resetTimeout} only stores the time; no timer is changed. When the timer is due and there was a reset
 * since, the timer is set again for the rest, so that the call never comes early and needs at most one timer per
 * timeout.
 * >>>>>>> javadoc
 */
public final class ProtocolTimeout {
    private static final long NONE = -1;

    private final IReactorTime clock;
    private final Runnable timedOut;
    private long timeoutNanos = NONE;
    private long aliveNanos;
    private @Nullable DelayedCall timer;

    /**
     * Creates a timeout that isn't set yet.
     *
     * @param clock the reactor
     * @param timedOut called on the reactor's thread, once for each time it is set; Twisted: {@code timeoutConnection}
     */
    public ProtocolTimeout(IReactorTime clock, Runnable timedOut) {
        this.clock = clock;
        this.timedOut = timedOut;
    }

    /**
     * Starts the timeout from now.
     *
     * @param timeout the time; null for none, which also removes the timer
     * @throws IllegalArgumentException if negative
     */
    public void setTimeout(@Nullable Duration timeout) {
        if (timeout != null && timeout.isNegative()) {
            throw new IllegalArgumentException("a timeout can't be negative: [" + timeout + "]");
        }
        long nanos = timeout == null ? NONE : IReactorTime.toNanos(timeout);
        DelayedCall next = timeout == null ? null : clock.callLater(nanos, this::due);
        if (timer != null) {
            timer.cancel();
        }
        timer = next;
        timeoutNanos = nanos;
        aliveNanos = clock.nanoTime();
    }

    /** Starts the same timeout again from now, because there was activity. Does nothing unless it is set. */
    public void resetTimeout() {
        if (timeoutNanos != NONE) {
            aliveNanos = clock.nanoTime();
        }
    }

    private void due() {
        timer = null;
        long leftNanos = leftNanos();
        if (leftNanos > 0) {
            timer = clock.callLater(leftNanos, this::due);
        } else {
            timer = clock.callLater(0, this::dueATurnLater);
        }
    }

    private void dueATurnLater() {
        timer = null;
        long leftNanos = leftNanos();
        if (leftNanos > 0) {
            timer = clock.callLater(leftNanos, this::due);
        } else {
            timeoutNanos = NONE;
            timedOut.run();
        }
    }

    private long leftNanos() {
        return timeoutNanos - (clock.nanoTime() - aliveNanos);
    }
}
