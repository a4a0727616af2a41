// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.AlreadyCalled;
import io.fdreactor.AlreadyCancelled;
import io.fdreactor.DelayedCall;
import io.fdreactor.core.observe.SafeText;
import org.jspecify.annotations.Nullable;

/** One delayed call. {@link TimerQueue} owns its fields. */
final class Timer implements DelayedCall {
    /** In {@link #index}: taken out of the heap to be run in this turn. */
    static final int DUE = -1;
    /** In {@link #index}: has run or is running. */
    static final int CALLED = -2;
    /** In {@link #index}: cancelled. */
    static final int CANCELLED = -3;

    /** In {@link #sequence}: it is one of the core's own. */
    static final int OWN = 1;

    private final TimerQueue queue;
    /** What to run; null once it isn't active, so that nothing is kept alive. */
    @Nullable
    Runnable call;
    /** When, in the clock's nanoseconds. */
    long deadlineNanos;
    /** Orders equal deadlines, and says in its lowest bit whose it is: a field of its own would cost 8 bytes a timer. */
    long sequence;
    /** Place in the heap, or one of the constants. */
    int index;

    Timer(TimerQueue queue, Runnable call, int kind) {
        this.queue = queue;
        this.call = call;
        this.sequence = kind;
    }

    boolean isOwn() {
        return (sequence & OWN) != 0;
    }

    @Override
    public void cancel() {
        if (index < DUE && queue.isOver()) {
            return;
        }
        queue.confined();
        requireActive("cancelled");
        queue.cancel(this);
    }

    @Override
    public void reset(long delayNanos) {
        queue.confined();
        requireActive("reset");
        queue.reschedule(this, queue.deadlineAfter(delayNanos));
    }

    @Override
    public void delay(long delayNanos) {
        queue.confined();
        requireActive("delayed");
        queue.delay(this, delayNanos);
    }

    @Override
    public boolean active() {
        return index >= DUE;
    }

    @Override
    public long getTime() {
        return deadlineNanos;
    }

    @Override
    public String toString() {
        String state = index >= DUE
                ? "in " + (deadlineNanos - queue.nanoTime()) + " ns"
                : index == CALLED ? "called" : "cancelled";
        return "DelayedCall[" + state + (call == null ? "" : ", " + SafeText.of(call)) + "]";
    }

    private void requireActive(String what) {
        if (index == CALLED) {
            throw new AlreadyCalled("a call that has been made can't be " + what + "; ask active() first");
        }
        if (index == CANCELLED) {
            throw new AlreadyCancelled("a call that was cancelled can't be " + what + "; ask active() first");
        }
    }
}
