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
 */
public final class TimerQueue {
    private static final int ARITY_SHIFT = 3;
    private static final int INITIAL_CAPACITY = 64;

    private final LongSupplier clock;
    private final Callbacks callbacks;
    private final Runnable confinement;
    private Timer[] heap = new Timer[INITIAL_CAPACITY];
    private int size;
    private long nextSequence;

    /** What this turn took out, in order; those before {@link #dueNext} have been looked at. */
    private Timer[] due = new Timer[INITIAL_CAPACITY];

    private int dueCount;
    private int dueNext;

    /**
     * @param clock monotonic nanoseconds
     * @param confinement throws unless on the reactor's thread
     */
    public TimerQueue(LongSupplier clock, Callbacks callbacks, Runnable confinement) {
        this.clock = clock;
        this.callbacks = callbacks;
        this.confinement = confinement;
    }

    void confined() {
        confinement.run();
    }

    long nanoTime() {
        return clock.getAsLong();
    }

    public DelayedCall schedule(long delayNanos, Runnable call) {
        Timer timer = new Timer(this, call);
        timer.deadlineNanos = deadlineAfter(delayNanos);
        insert(timer);
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
    }

    /** Moves a deadline by this much, to no earlier than now and no later than the longest delay. */
    void delay(Timer timer, long delayNanos) {
        long nowNanos = clock.getAsLong();
        long cappedNanos = Math.max(-IReactorTime.MAX_DELAY_NANOS, Math.min(IReactorTime.MAX_DELAY_NANOS, delayNanos));
        long fromNowNanos = timer.deadlineNanos - nowNanos + cappedNanos;
        reschedule(timer, nowNanos + Math.max(0, Math.min(IReactorTime.MAX_DELAY_NANOS, fromNowNanos)));
    }

    void reschedule(Timer timer, long deadlineNanos) {
        timer.deadlineNanos = deadlineNanos;
        if (timer.index >= 0) {
            timer.sequence = nextSequence++;
            sift(timer.index, timer);
        } else {
            insert(timer);
        }
    }

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
            Timer timer = heap[0];
            removeAt(0);
            timer.index = Timer.DUE;
            if (dueCount == due.length) {
                due = Arrays.copyOf(due, dueCount * 2);
            }
            due[dueCount++] = timer;
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
            // The heap has shrunk since there were that many.
            due = new Timer[heap.length];
            dueNext = 0;
            dueCount = 0;
        }
    }

    /** Forgets all calls. */
    void clear() {
        while (size > 0) {
            cancel(heap[size - 1]);
        }
        while (dueNext < dueCount) {
            cancel(due[dueNext++]);
        }
    }

    private void insert(Timer timer) {
        timer.sequence = nextSequence++;
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        siftUp(size++, timer);
    }

    private void removeAt(int index) {
        Timer last = heap[--size];
        heap[size] = null;
        if (index < size) {
            sift(index, last);
        }
        if (size > INITIAL_CAPACITY && size < heap.length >> 2) {
            heap = Arrays.copyOf(heap, heap.length >> 1);
        }
    }

    /** Fills this place, which is free or the timer's own, with the timer or with one of those that it goes past. */
    private void sift(int index, Timer timer) {
        siftDown(index, timer);
        if (heap[index] == timer) {
            siftUp(index, timer);
        }
    }

    private void siftUp(int index, Timer timer) {
        int at = index;
        while (at > 0) {
            int parent = at - 1 >> ARITY_SHIFT;
            Timer above = heap[parent];
            if (isBefore(above, timer)) {
                break;
            }
            place(at, above);
            at = parent;
        }
        place(at, timer);
    }

    private void siftDown(int index, Timer timer) {
        int at = index;
        for (int child = (at << ARITY_SHIFT) + 1; child < size; child = (at << ARITY_SHIFT) + 1) {
            int first = child;
            int end = Math.min(child + (1 << ARITY_SHIFT), size);
            for (int other = child + 1; other < end; other++) {
                if (isBefore(heap[other], heap[first])) {
                    first = other;
                }
            }
            if (isBefore(timer, heap[first])) {
                break;
            }
            place(at, heap[first]);
            at = first;
        }
        place(at, timer);
    }

    private void place(int index, Timer timer) {
        heap[index] = timer;
        timer.index = index;
    }

    private static boolean isBefore(Timer one, Timer other) {
        long difference = one.deadlineNanos - other.deadlineNanos;
        return difference < 0 || difference == 0 && one.sequence < other.sequence;
    }
}
