// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.netty;

import io.fdreactor.AlreadyCalled;
import io.fdreactor.AlreadyCancelled;
import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import io.netty.util.concurrent.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Delayed calls, each a task that Netty's loop has scheduled. A task's time can't be changed, so a call gets another.
 *
 * <p>Netty's loop takes what is scheduled off its thread for a task among others and forgets its time if that has come
 * when it gets there. So calls wait here until the loop has a thread.
 */
final class NettyTimers {
    private final NettyLoop loop;
    private final NettyCallbacks callbacks;
    private final NettyOwnership ownership;
    /** Those to come, in the order in which they got their times: Netty doesn't tell. */
    private final Set<Call> pending = new LinkedHashSet<>();

    NettyTimers(NettyLoop loop, NettyCallbacks callbacks, NettyOwnership ownership) {
        this.loop = loop;
        this.callbacks = callbacks;
        this.ownership = ownership;
    }

    DelayedCall schedule(long delayNanos, Runnable call) {
        Objects.requireNonNull(call, "a delayed call can't be null");
        Call made = new Call(call, after(delayNanos));
        made.waitUntil(made.timeNanos);
        return made;
    }

    List<DelayedCall> pending() {
        return List.copyOf(pending);
    }

    /** The loop has got its thread, this one. */
    void begin() {
        List.copyOf(pending).forEach(Call::schedule);
    }

    /** There will be no more turns. */
    void clear() {
        List.copyOf(pending).forEach(Call::forget);
    }

    private long after(long delayNanos) {
        if (delayNanos < 0) {
            throw new IllegalArgumentException("a delay can't be negative: [" + delayNanos + "]");
        }
        return loop.nanoTime() + Math.min(delayNanos, IReactorTime.MAX_DELAY_NANOS);
    }

    private final class Call implements DelayedCall, Runnable {
        /** Null once it isn't active. */
        private @Nullable Runnable call;

        private boolean cancelled;
        private long timeNanos;
        /** Null until the loop has a thread. */
        private @Nullable Future<?> task;

        Call(Runnable call, long timeNanos) {
            this.call = call;
            this.timeNanos = timeNanos;
        }

        private void waitUntil(long newTimeNanos) {
            forget();
            timeNanos = newTimeNanos;
            pending.add(this);
            if (loop.isMine()) {
                schedule();
            }
        }

        private void schedule() {
            task = loop.scheduleAt(timeNanos, this);
        }

        private void forget() {
            pending.remove(this);
            if (task != null) {
                task.cancel(false);
            }
        }

        @Override
        public void run() {
            Runnable due = call;
            if (due != null) {
                call = null;
                pending.remove(this);
                callbacks.guard(due, "a timed call", null);
            }
        }

        @Override
        public void cancel() {
            if (ownership.hasEnded()) {
                return;
            }
            requireActive();
            cancelled = true;
            call = null;
            forget();
        }

        @Override
        public void reset(long delayNanos) {
            requireActive();
            waitUntil(after(delayNanos));
        }

        @Override
        public void delay(long delayNanos) {
            requireActive();
            long most = IReactorTime.MAX_DELAY_NANOS;
            long now = loop.nanoTime();
            long left = timeNanos - now + Math.max(-most, Math.min(most, delayNanos));
            waitUntil(now + Math.max(0, Math.min(most, left)));
        }

        private void requireActive() {
            ownership.check();
            if (cancelled) {
                throw new AlreadyCancelled("a call that was cancelled can't be changed; ask active() first");
            }
            if (call == null) {
                throw new AlreadyCalled("a call that has been made can't be changed; ask active() first");
            }
        }

        @Override
        public boolean active() {
            return call != null;
        }

        @Override
        public long getTime() {
            return timeNanos;
        }
    }
}
