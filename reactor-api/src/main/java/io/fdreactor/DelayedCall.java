// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.time.Duration;

/**
 * A call that waits for its time, as {@link IReactorTime#callLater} hands it out. Twisted:
 * {@code IDelayedCall}.
 *
 * <p>It is pending until it is called or cancelled. A call counts as called from the moment it starts, also
 * inside itself. {@link #active} and {@link #getTime} may be read on the reactor's thread at any time; the
 * others throw {@link AlreadyCalled} or {@link AlreadyCancelled} once it isn't pending.
 */
public interface DelayedCall {
    /**
     * Won't be called, not even if it was due in this very turn. Frees what it refers to at once.
     *
     * @throws AlreadyCalled if it has run or is running
     * @throws AlreadyCancelled if it was cancelled before
     */
    void cancel();

    /**
     * Waits again, for this long from now; sooner or later than before.
     *
     * @param delayNanos nanoseconds, at least 0; capped at {@link IReactorTime#MAX_DELAY_NANOS}
     * @throws IllegalArgumentException if negative
     */
    void reset(long delayNanos);

    /** As {@link #reset(long)}, for a duration. */
    default void reset(Duration delay) {
        reset(IReactorTime.toNanos(delay));
    }

    /**
     * Moves the time by this much, counted from the time it had.
     *
     * @param delayNanos nanoseconds; negative makes it sooner. The result is no earlier than now
     */
    void delay(long delayNanos);

    /** As {@link #delay(long)}, for a duration. */
    default void delay(Duration delay) {
        delay(IReactorTime.toNanos(delay));
    }

    /** Whether it is still to be called. */
    boolean active();

    /** When it is due or was due, in {@link IReactorTime#nanoTime}'s nanoseconds. */
    long getTime();
}
