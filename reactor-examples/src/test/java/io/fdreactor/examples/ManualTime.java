// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples;

import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Time that passes when the test lets it. */
public final class ManualTime implements IReactorTime {
    private final List<Call> calls = new ArrayList<>();
    private long nowNanos;

    public void advance(Duration duration) {
        long endNanos = nowNanos + duration.toNanos();
        for (Call next = firstUntil(endNanos); next != null; next = firstUntil(endNanos)) {
            calls.remove(next);
            nowNanos = Math.max(nowNanos, next.timeNanos);
            next.call.run();
        }
        nowNanos = endNanos;
    }

    private Call firstUntil(long endNanos) {
        return calls.stream()
                .filter(call -> call.timeNanos <= endNanos)
                .min(Comparator.comparing(Call::getTime))
                .orElse(null);
    }

    @Override
    public long nanoTime() {
        return nowNanos;
    }

    @Override
    public DelayedCall callLater(long delayNanos, Runnable call) {
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
            calls.remove(this);
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
