// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A reactor's clock and its timers. Twisted: {@code IReactorTime}. The clock is monotonic here: changing the system
 * time neither delays calls nor makes them all due at once.
 */
public interface IReactorTime {
    /** The longest delay in nanoseconds, about 73 years; longer delays are reduced to it. */
    long MAX_DELAY_NANOS = Long.MAX_VALUE / 4;

    /**
     * {@return the reactor's monotonic clock in nanoseconds; only differences of its values have a meaning} From any
     * thread.
     */
    long nanoTime();

    /** {@return {@link #nanoTime} in seconds} From any thread. Twisted: {@code seconds}, which is wall-clock time. */
    default double seconds() {
        return nanoTime() / 1e9;
    }

    /**
     * Calls {@code call} once on the reactor's thread, in a later turn and never early. Calls run in order of their
     * time; calls with the same time run in the order in which they were scheduled. An exception of the call goes to
     * the {@link ExceptionHandler}. On the reactor's thread.
     *
     * @param delayNanos nanoseconds from now, at least 0; 0 means the next turn
     * @param call the call to make
     * @return the pending call, to cancel or to move
     * @throws IllegalArgumentException if the delay is negative
     */
    DelayedCall callLater(long delayNanos, Runnable call);

    /**
     * Does what {@link #callLater(long, Runnable)} does, for a duration.
     *
     * @param delay the time from now, not negative
     * @param call the call to make
     * @return the pending call, to cancel or to move
     * @throws IllegalArgumentException if the delay is negative
     */
    default DelayedCall callLater(Duration delay, Runnable call) {
        return callLater(toNanos(delay), call);
    }

    /** {@return the pending calls in no particular order, as an immutable snapshot} On the reactor's thread. */
    List<DelayedCall> getDelayedCalls();

    /**
     * Converts a duration of either sign to nanoseconds.
     *
     * @param duration the duration
     * @return its nanoseconds, at most {@link #MAX_DELAY_NANOS} and at least the negative of it
     */
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
