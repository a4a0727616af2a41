// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.AlreadyCalled;
import io.fdreactor.AlreadyCancelled;
import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The delayed calls, in order of time and then of scheduling. A turn takes a mark when it begins and calls what was
 * due and scheduled by then: what is scheduled or moved after the mark has a later number, and waits for the next.
 */
class Timers {
    private final Owner owner;
    private final Callbacks callbacks;
    private final TimerHeap pending = new TimerHeap((one, other) -> compare(one, other));
    private long nextNumber;

    Timers(Loop loop) {
        this.owner = loop.owner;
        this.callbacks = loop.callbacks;
    }

    /** How far the calls of a turn go. */
    record Mark(long time, long number) {}

    enum State {
        PENDING,
        CALLED,
        CANCELLED
    }

    /** One of them; the queue does the work. */
    class Timer implements DelayedCall {
        long time;
        long number;
        /** Of {@link TimerHeap}. */
        int place;

        State state = State.PENDING;
        /** Null once it isn't pending, so that nothing is kept alive. */
        @Nullable
        Runnable call;

        Timer(Runnable call) {
            this.call = call;
        }

        @Override
        public void cancel() {
            if (owner.hasEnded()) {
                return;
            }
            checkThread();
            checkPending(this);
            Timers.this.cancel(this);
        }

        @Override
        public void reset(long delayNanos) {
            checkThread();
            checkPending(this);
            Timers.this.reset(this, delayNanos);
        }

        @Override
        public void delay(long delayNanos) {
            checkThread();
            checkPending(this);
            Timers.this.delay(this, delayNanos);
        }

        @Override
        public boolean active() {
            return state == State.PENDING;
        }

        @Override
        public long getTime() {
            return time;
        }
    }

    void checkThread() {
        owner.checkThread();
    }

    void checkPending(Timer timer) {
        if (timer.state == State.CALLED) {
            throw new AlreadyCalled("it was called; ask active() first");
        }
        if (timer.state == State.CANCELLED) {
            throw new AlreadyCancelled("it was cancelled; ask active() first");
        }
    }

    long now() {
        return System.nanoTime();
    }

    /** The clock may be anywhere in its range, and start again: differences are what counts. */
    int compare(Timer one, Timer other) {
        long difference = one.time - other.time;
        return difference != 0 ? Long.signum(difference) : Long.compare(one.number, other.number);
    }

    DelayedCall schedule(long delayNanos, Runnable call) {
        Timer timer = new Timer(Objects.requireNonNull(call, "a delayed call can't be null"));
        timer.time = timeAfter(delayNanos);
        insert(timer);
        return timer;
    }

    long timeAfter(long delayNanos) {
        if (delayNanos < 0) {
            throw new IllegalArgumentException("a delay can't be negative: [" + delayNanos + " ns]");
        }
        return now() + Math.min(delayNanos, IReactorTime.MAX_DELAY_NANOS);
    }

    void insert(Timer timer) {
        timer.number = nextNumber++;
        pending.add(timer);
    }

    void cancel(Timer timer) {
        pending.remove(timer);
        end(timer, State.CANCELLED);
    }

    void reset(Timer timer, long delayNanos) {
        move(timer, timeAfter(delayNanos));
    }

    void delay(Timer timer, long delayNanos) {
        long now = now();
        long longest = IReactorTime.MAX_DELAY_NANOS;
        long fromNow = timer.time - now + Math.max(-longest, Math.min(longest, delayNanos));
        move(timer, now + Math.max(0, Math.min(longest, fromNow)));
    }

    void move(Timer timer, long time) {
        pending.remove(timer);
        timer.time = time;
        insert(timer);
    }

    /** What a turn that begins now has to call. */
    Mark mark() {
        return new Mark(now(), nextNumber);
    }

    void run(Mark mark) {
        while (!pending.isEmpty() && isDue(pending.first(), mark)) {
            call(pending.first());
        }
    }

    boolean isDue(Timer timer, Mark mark) {
        return timer.time - mark.time <= 0 && timer.number < mark.number;
    }

    void call(Timer timer) {
        Runnable call = Objects.requireNonNull(timer.call);
        pending.remove(timer);
        end(timer, State.CALLED);
        callbacks.run(call, "a delayed call", null);
    }

    void end(Timer timer, State state) {
        timer.state = state;
        timer.call = null;
    }

    List<DelayedCall> pending() {
        return List.copyOf(pending.all());
    }

    /** Nanoseconds until the first is due, not negative; {@code Long.MAX_VALUE} if there is none. */
    long untilNext() {
        return pending.isEmpty() ? Long.MAX_VALUE : Math.max(0, pending.first().time - now());
    }

    void clear() {
        while (!pending.isEmpty()) {
            cancel(pending.first());
        }
    }
}
