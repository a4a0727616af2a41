// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.time.Duration;

/**
 * A call that is scheduled for a time, as {@link IReactorTime#callLater} returns it. Twisted: {@code IDelayedCall}.
 *
 * <p>It is pending until it is called or cancelled. A call counts as called from the moment it starts, also inside
 * itself. All methods belong to the reactor's thread. {@link #active} and {@link #getTime} may be called at any time;
 * the others throw {@link AlreadyCalled} or {@link AlreadyCancelled} if the call isn't pending.
 */
public interface DelayedCall {
    /**
     * Cancels the call, even if it was due in this turn, and releases what it refers to at once. Does nothing after the
     * reactor's end.
     *
     * @throws AlreadyCalled if it has run or is running
     * @throws AlreadyCancelled if it was cancelled before
     */
    void cancel();

    /**
     * Changes the call's time to this delay from now; it may become earlier or later than before.
     *
     * @param delayNanos nanoseconds from now, at least 0; reduced to {@link IReactorTime#MAX_DELAY_NANOS}
     * @throws IllegalArgumentException if negative
     * @throws AlreadyCalled if it has run or is running
     * @throws AlreadyCancelled if it was cancelled before
     */
    void reset(long delayNanos);

    /**
     * Does what {@link #reset(long)} does, for a duration.
     *
     * @param delay the time from now, not negative
     */
    default void reset(Duration delay) {
        reset(IReactorTime.toNanos(delay));
    }

    /**
     * Moves the call's time by this much, counted from the time that it had.
     *
     * @param delayNanos nanoseconds; a negative value makes it earlier, but no earlier than now
     * @throws AlreadyCalled if it has run or is running
     * @throws AlreadyCancelled if it was cancelled before
     */
    void delay(long delayNanos);

    /**
     * Does what {@link #delay(long)} does, for a duration.
     *
     * @param delay the time to add; a negative one makes the call earlier
     */
    default void delay(Duration delay) {
        delay(IReactorTime.toNanos(delay));
    }

    /** {@return true while the call is pending: neither called nor cancelled} */
    boolean active();

    /** {@return the time at which the call is or was due, in nanoseconds of {@link IReactorTime#nanoTime}} */
    long getTime();
}
