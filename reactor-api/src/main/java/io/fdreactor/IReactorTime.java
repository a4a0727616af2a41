// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A reactor's clock and its timers. Twisted: {@code IReactorTime}; the clock is monotonic here, so that
 * setting the system's time neither stalls nor floods anything.
 */
public interface IReactorTime {
    /** The longest delay, about 73 years; longer ones are cut to it. Nanoseconds. */
    long MAX_DELAY_NANOS = Long.MAX_VALUE / 4;

    /** The reactor's monotonic clock in nanoseconds, of use for differences only. From any thread. */
    long nanoTime();

    /** {@link #nanoTime} in seconds. From any thread. Twisted: {@code seconds}, which is wall-clock time. */
    default double seconds() {
        return nanoTime() / 1e9;
    }

    /**
     * Calls {@code call} once on the reactor's thread, in a later turn and never early. Calls run in order of
     * their time, those of equal time in the order in which they were scheduled. What it throws reaches the
     * {@link ExceptionHandler}.
     *
     * @param delayNanos nanoseconds from now, at least 0; 0 means the next turn
     * @throws IllegalArgumentException if negative
     */
    DelayedCall callLater(long delayNanos, Runnable call);

    /** As {@link #callLater(long, Runnable)}, for a duration. */
    default DelayedCall callLater(Duration delay, Runnable call) {
        return callLater(toNanos(delay), call);
    }

    /** The calls that are pending, in no order: an immutable snapshot. */
    List<DelayedCall> getDelayedCalls();

    /** Nanoseconds of a duration of either sign, cut to {@link #MAX_DELAY_NANOS}. */
    static long toNanos(Duration duration) {
        long seconds =
                Objects.requireNonNull(duration, "a duration can't be null").getSeconds();
        if (seconds >= MAX_DELAY_NANOS / 1_000_000_000L) {
            return MAX_DELAY_NANOS;
        }
        if (seconds <= -MAX_DELAY_NANOS / 1_000_000_000L) {
            return -MAX_DELAY_NANOS;
        }
        return duration.toNanos();
    }
}
