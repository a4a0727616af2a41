// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import io.fdreactor.core.observe.Counters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The delayed calls: an 8-ary heap ordered by deadline, then by order of scheduling, in which each call knows its
 * place, so that scheduling, cancelling and resetting cost O(log n) and a cancelled call leaves nothing behind.
 *
 * <p>A turn takes out what is due before it runs any of it. A call that is scheduled or reset meanwhile goes into
 * the heap and so waits for the next turn, whatever its delay.
 *
 * <p>Deadlines are compared by difference, since the clock may be anywhere in its range; delays are capped at a
 * quarter of it, so differences don't overflow.
 *
 * <p>A call is scheduled, cancelled or moved entirely or not at all, even if the stack or the memory runs out: what can
 * fail comes first, and then {@link #put} or {@link #putLast} changes the heap without calling anything.
 *
 * <p>The core's own timers aren't shown to users, whose {@code getDelayedCalls().forEach(cancel)} would break the reactor.
 */
public final class TimerQueue {
    private static final int ARITY_SHIFT = 3;
    private static final int INITIAL_CAPACITY = 64;
    /** What isn't worth giving back. */
    private static final int KEPT_CAPACITY = 4 * INITIAL_CAPACITY;

    private final LongSupplier clock;
    private final Callbacks callbacks;
    private final Runnable confinement;
    private Timer[] heap = new Timer[INITIAL_CAPACITY];
    private int size;
    /** Even: the lowest bit of a timer's sequence says that it is the core's own. */
    private long nextSequence;

    /** What this turn took out, in order; those before {@link #dueNext} have been looked at. */
    private Timer[] due = new Timer[INITIAL_CAPACITY];

    private int dueCount;
    private int dueNext;

    /** Whether the reactor has ended: what was pending is cancelled, and cancelling it once more does nothing. */
    private volatile boolean over;

    /**
     * @param clock monotonic nanoseconds
     * @param confinement throws unless on the reactor's thread
     */
    public TimerQueue(LongSupplier clock, Callbacks callbacks, Runnable confinement) {
        this.clock = clock;
        this.callbacks = callbacks;
        this.confinement = confinement;
    }

    boolean isOver() {
        return over;
    }

    /** Throws unless on the reactor's thread. */
    void confined() {
        confinement.run();
    }

    long nanoTime() {
        return clock.getAsLong();
    }

    /** A user's call. */
    public DelayedCall schedule(long delayNanos, Runnable call) {
        return schedule(delayNanos, call, 0);
    }

    /** A call of the core's own, which {@link #usersPending} doesn't show. */
    public DelayedCall scheduleOwn(long delayNanos, Runnable call) {
        return schedule(delayNanos, call, Timer.OWN);
    }

    private Timer schedule(long delayNanos, Runnable call, int kind) {
        Timer timer = new Timer(this, call, kind);
        insert(timer, deadlineAfter(delayNanos));
        return timer;
    }

    /** The moment this long from now. */
    long deadlineAfter(long delayNanos) {
        if (delayNanos < 0) {
            throw new IllegalArgumentException("a delay can't be negative: [" + delayNanos + " ns]");
        }
        return clock.getAsLong() + Math.min(delayNanos, IReactorTime.MAX_DELAY_NANOS);
    }

    void cancel(Timer timer) {
        if (timer.index >= 0) {
            removeAt(timer.index);
        }
        timer.index = Timer.CANCELLED;
        timer.call = null;
        if (size < heap.length >> 2 && heap.length > KEPT_CAPACITY) {
            shrink();
        }
    }

    /** Moves a deadline by this much, to no earlier than now and no later than the longest delay. */
    void delay(Timer timer, long delayNanos) {
        long nowNanos = clock.getAsLong();
        long cappedNanos = Math.max(-IReactorTime.MAX_DELAY_NANOS, Math.min(IReactorTime.MAX_DELAY_NANOS, delayNanos));
        long fromNowNanos = timer.deadlineNanos - nowNanos + cappedNanos;
        reschedule(timer, nowNanos + Math.max(0, Math.min(IReactorTime.MAX_DELAY_NANOS, fromNowNanos)));
    }

    void reschedule(Timer timer, long deadlineNanos) {
        if (timer.index >= 0) {
            put(timer.index, timer, deadlineNanos, nextSequence(timer), size);
        } else {
            insert(timer, deadlineNanos);
        }
    }

    private long nextSequence(Timer timer) {
        nextSequence += 2;
        return nextSequence | timer.sequence & Timer.OWN;
    }

    /** The users' calls that are still to be made. */
    public List<DelayedCall> usersPending() {
        List<DelayedCall> calls = new ArrayList<>(pending());
        calls.removeIf(call -> ((Timer) call).isOwn());
        return List.copyOf(calls);
    }

    /** All calls that are still to be made, the core's own with them. */
    public List<DelayedCall> pending() {
        List<DelayedCall> calls = new ArrayList<>(size + dueCount - dueNext);
        for (int i = dueNext; i < dueCount; i++) {
            if (due[i].index == Timer.DUE) {
                calls.add(due[i]);
            }
        }
        calls.addAll(Arrays.asList(heap).subList(0, size));
        return List.copyOf(calls);
    }

    /** Nanoseconds until the first call is due, at least 0; {@code noneNanos} if there is none. */
    long untilNextNanos(long noneNanos) {
        return size == 0 ? noneNanos : Math.max(0, heap[0].deadlineNanos - clock.getAsLong());
    }

    /** Takes out what is due now, to be run in this turn. */
    void takeDue() {
        if (size == 0) {
            return;
        }
        if (dueNext == dueCount) {
            // Otherwise a call has ended the JVM, and those after it go first.
            dueNext = 0;
            dueCount = 0;
        }
        long nowNanos = clock.getAsLong();
        Counters counters = callbacks.counters();
        long lagNanos = nowNanos - heap[0].deadlineNanos;
        counters.maxLagNanos = Math.max(counters.maxLagNanos, lagNanos);
        callbacks.events().lag(lagNanos);
        while (size > 0 && heap[0].deadlineNanos - nowNanos <= 0) {
            if (dueCount == due.length) {
                due = Arrays.copyOf(due, dueCount * 2);
            }
            Timer timer = heap[0];
            removeAt(0);
            timer.index = Timer.DUE;
            due[dueCount++] = timer;
        }
        if (size < heap.length >> 2 && heap.length > KEPT_CAPACITY) {
            shrink();
        }
    }

    /** Runs what was taken out, unless an earlier call has cancelled or reset it. */
    void runDue() {
        while (dueNext < dueCount) {
            Timer timer = due[dueNext];
            due[dueNext++] = null;
            Runnable call = timer.call;
            if (timer.index == Timer.DUE && call != null) {
                timer.index = Timer.CALLED;
                timer.call = null;
                callbacks.counters().delayedCalls++;
                callbacks.run(call, "a delayed call", null);
            }
        }
        if (due.length > heap.length) {
            // The heap has shrunk since there were that many. The new one is small.
            due = new Timer[INITIAL_CAPACITY];
            dueNext = 0;
            dueCount = 0;
        }
    }

    /** Forgets all calls, at the reactor's end. */
    void clear() {
        while (size > 0) {
            cancel(heap[size - 1]);
        }
        while (dueNext < dueCount) {
            cancel(due[dueNext++]);
        }
        over = true;
    }

    private void insert(Timer timer, long deadlineNanos) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        putLast(timer, deadlineNanos, nextSequence(timer));
    }

    private void removeAt(int index) {
        Timer last = heap[size - 1];
        if (last.index == index) {
            heap[--size] = null;
            return;
        }
        put(index, last, last.deadlineNanos, last.sequence, size - 1);
    }

    /** Cuts the heap's array, if there is memory and stack for that; it can stay as it is. */
    private void shrink() {
        int capacity = heap.length;
        while (size < capacity >> 2 && capacity > KEPT_CAPACITY) {
            capacity >>= 1;
        }
        try {
            heap = Arrays.copyOf(heap, capacity);
        } catch (OutOfMemoryError | StackOverflowError e) {
            // The next call that goes tries again.
        }
    }

    /** Adds one, for which there is room. Calls nothing, as {@link #put}. */
    private void putLast(Timer timer, long deadlineNanos, long sequence) {
        Timer[] timers = heap;
        int at = size;
        size = at + 1;
        timer.deadlineNanos = deadlineNanos;
        timer.sequence = sequence;
        while (at > 0) {
            int parent = at - 1 >> ARITY_SHIFT;
            Timer above = timers[parent];
            long difference = above.deadlineNanos - deadlineNanos;
            if (difference < 0 || difference == 0 && above.sequence < sequence) {
                break;
            }
            timers[at] = above;
            above.index = at;
            at = parent;
        }
        timers[at] = timer;
        timer.index = at;
    }

    /**
     * Fills this index, which is free or the timer's own, with the timer or with one of those that it goes past; a smaller
     * size cuts off the last index, of whose timer this is the new place.
     *
     * <p>It calls nothing, not even a method of this class: a call might overflow the stack and leave half a change.
     */
    private void put(int index, Timer timer, long deadlineNanos, long sequence, int newSize) {
        Timer[] timers = heap;
        if (newSize < size) {
            timers[newSize] = null;
        }
        size = newSize;
        if (index >= newSize) {
            return;
        }
        timer.deadlineNanos = deadlineNanos;
        timer.sequence = sequence;
        int at = index;
        for (int child = (at << ARITY_SHIFT) + 1; child < newSize; child = (at << ARITY_SHIFT) + 1) {
            int arity = 1 << ARITY_SHIFT;
            int end = newSize - child < arity ? newSize : child + arity;
            int first = child;
            Timer earliest = timers[child];
            for (int other = child + 1; other < end; other++) {
                Timer candidate = timers[other];
                long difference = candidate.deadlineNanos - earliest.deadlineNanos;
                if (difference < 0 || difference == 0 && candidate.sequence < earliest.sequence) {
                    first = other;
                    earliest = candidate;
                }
            }
            long difference = deadlineNanos - earliest.deadlineNanos;
            if (difference < 0 || difference == 0 && sequence < earliest.sequence) {
                break;
            }
            timers[at] = earliest;
            earliest.index = at;
            at = first;
        }
        // Whoever has gone down doesn't go up as well.
        boolean stays = at == index;
        while (stays && at > 0) {
            int parent = at - 1 >> ARITY_SHIFT;
            Timer above = timers[parent];
            long difference = above.deadlineNanos - deadlineNanos;
            if (difference < 0 || difference == 0 && above.sequence < sequence) {
                break;
            }
            timers[at] = above;
            above.index = at;
            at = parent;
        }
        timers[at] = timer;
        timer.index = at;
    }
}
