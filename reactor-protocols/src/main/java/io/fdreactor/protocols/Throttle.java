// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.IReactorTime;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * A limit of bytes per second for many connections together. Bytes are spent first and paid for by time: a connection
 * that spends while too much is owed waits until all of it is paid. Unused allowance is not saved, so there are no
 * bursts after idle times.
 *
 * <p>Connections that don't spend are not asked to wait. Each connection may therefore exceed its share once, at the
 * expense of the others, and the cost of a limit doesn't grow with the number of idle connections.
 */
final class Throttle {
    /** No limit. */
    static final long NONE = 0;

    /** What may be owed before any connection waits, so that small pieces don't cost a timer each. */
    private static final long TOLERANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final IReactorTime clock;
    private final double nanosPerByte;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean timerIsSet;

    /** When all is paid for; in the past if nothing is owed. */
    private long paidNanos;

    Throttle(IReactorTime clock, long bytesPerSecond) {
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException(
                    "a limit of bytes per second is positive, or 0 for none, not [" + bytesPerSecond + "]");
        }
        this.clock = clock;
        this.nanosPerByte = bytesPerSecond == NONE ? 0 : 1e9 / bytesPerSecond;
        this.paidNanos = clock.nanoTime();
    }

    /** Answers whether it is too much for now: then wait. */
    boolean spend(long bytes) {
        if (nanosPerByte == 0) {
            return false;
        }
        long nowNanos = clock.nanoTime();
        long fromNanos = Math.max(paidNanos - nowNanos, 0);
        // Each part is cut, so that the sum of a huge count and an old debt can't overflow.
        long costNanos = Math.min((long) Math.ceil(bytes * nanosPerByte), IReactorTime.MAX_DELAY_NANOS);
        long owedNanos = Math.min(fromNanos + costNanos, IReactorTime.MAX_DELAY_NANOS);
        paidNanos = nowNanos + owedNanos;
        return owedNanos > TOLERANCE_NANOS;
    }

    /**
     * Makes the call when all is paid, in a later turn. Each call is made separately, so that one that throws does not
     * affect the others.
     */
    void await(Runnable call) {
        waiting.add(call);
        boolean set = false;
        try {
            setTimer();
            set = true;
        } finally {
            if (!set) {
                waiting.removeLast();
            }
        }
    }

    private void setTimer() {
        if (!timerIsSet) {
            clock.callLater(Math.max(paidNanos - clock.nanoTime(), 0), this::paid);
            timerIsSet = true;
        }
    }

    /** A connection that can't be called for lack of memory stays in the queue until the next one waits. */
    private void paid() {
        timerIsSet = false;
        if (paidNanos - clock.nanoTime() > 0) {
            setTimer();
            return;
        }
        for (Runnable next = waiting.peek(); next != null; next = waiting.peek()) {
            clock.callLater(0, next);
            waiting.remove();
        }
    }
}
