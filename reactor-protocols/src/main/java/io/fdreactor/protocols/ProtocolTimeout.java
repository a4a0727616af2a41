// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Calls when nothing has happened for a while. Twisted: {@code TimeoutMixin}. A protocol makes one, sets it when it is
 * connected, resets it with each sign of life, and sets it to null when the connection is lost.
 *
 * <p>{@link #resetTimeout} only notes the time; no timer is touched. When the timer is due and there was life since, it is
 * set anew for what is left, so that it comes no earlier than the timeout and costs one timer a timeout.
 *
 * <p>When the timer is due and there was no life, the reactor has one more turn before the call is made: if a callback took
 * longer than the timeout, a sign of life may wait in the kernel, and be handed over in that turn.
 */
public final class ProtocolTimeout {
    private static final long NONE = -1;

    private final IReactorTime clock;
    private final Runnable timedOut;
    private long timeoutNanos = NONE;
    private long aliveNanos;
    private @Nullable DelayedCall timer;

    /**
     * Not set yet.
     *
     * @param clock the reactor
     * @param timedOut called on the reactor's thread, once for each time it is set; Twisted: {@code timeoutConnection}
     */
    public ProtocolTimeout(IReactorTime clock, Runnable timedOut) {
        this.clock = clock;
        this.timedOut = timedOut;
    }

    /**
     * Counts anew from now, with this timeout.
     *
     * @param timeout null for none, which also frees the timer
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

    /** There is life: counts anew from now. Does nothing unless it is set. */
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
