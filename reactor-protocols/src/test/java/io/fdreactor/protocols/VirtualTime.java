// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.AlreadyCalled;
import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Timers that run when the test lets time pass. */
final class VirtualTime implements IReactorTime {
    private final List<Call> calls = new ArrayList<>();
    private long nowNanos = Long.MAX_VALUE - 5; // as good a place as any, and soon past the overflow
    int scheduled;

    void advance(Duration duration) {
        long endNanos = nowNanos + duration.toNanos();
        while (true) {
            Call next = calls.stream()
                    .filter(call -> call.getTime() - endNanos <= 0)
                    .min(Comparator.comparing(call -> call.getTime() - endNanos))
                    .orElse(null);
            if (next == null) {
                break;
            }
            calls.remove(next);
            nowNanos = Math.max(next.timeNanos - nowNanos, 0) + nowNanos;
            next.call.run();
        }
        nowNanos = endNanos;
    }

    /** Time passes, and no timer runs: somebody's callback takes so long. */
    void stall(Duration duration) {
        nowNanos += duration.toNanos();
    }

    /** Runs the timers that are due by now, as a turn does: what they schedule waits for the next. */
    void runDueOnce() {
        List<Call> due = calls.stream()
                .filter(call -> call.getTime() - nowNanos <= 0)
                .sorted(Comparator.comparing(call -> call.getTime() - nowNanos))
                .toList();
        calls.removeAll(due);
        due.forEach(call -> call.call.run());
    }

    void advanceMillis(long millis) {
        advance(Duration.ofMillis(millis));
    }

    @Override
    public long nanoTime() {
        return nowNanos;
    }

    @Override
    public DelayedCall callLater(long delayNanos, Runnable call) {
        scheduled++;
        Call made = new Call(nowNanos + delayNanos, call);
        calls.add(made);
        return made;
    }

    @Override
    public List<DelayedCall> getDelayedCalls() {
        return List.copyOf(calls);
    }

    private final class Call implements DelayedCall {
        private final long timeNanos;
        private final Runnable call;

        Call(long timeNanos, Runnable call) {
            this.timeNanos = timeNanos;
            this.call = call;
        }

        @Override
        public void cancel() {
            if (!calls.remove(this)) {
                throw new AlreadyCalled("it isn't pending");
            }
        }

        @Override
        public void reset(long delayNanos) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delay(long delayNanos) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean active() {
            return calls.contains(this);
        }

        @Override
        public long getTime() {
            return timeNanos;
        }
    }
}
