// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.timers;

import io.netty.util.HashedWheelTimer;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import java.util.concurrent.TimeUnit;

/**
 * Netty's wheel. What is measured of schedule and cancel is the caller's share, a place in a queue: its own thread takes
 * both from there at the next tick. A tick is a millisecond, the least it has, so a call is up to that much late. A
 * reset is a cancel and a schedule.
 */
final class WheelScheduler implements Scheduler {
    /** With the 512 that are usual, a tick looks at thousands of a million pending ones, and falls behind. */
    private static final int SLOTS = 1 << 16;

    private final HashedWheelTimer wheel = new HashedWheelTimer(1, TimeUnit.MILLISECONDS, SLOTS);
    private final TimerTask call;

    WheelScheduler(Runnable call) {
        this.call = timeout -> call.run();
    }

    @Override
    public Object schedule(long delayNanos) {
        return wheel.newTimeout(call, delayNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void cancel(Object timer) {
        ((Timeout) timer).cancel();
    }

    @Override
    public void runDue() {
        Thread.onSpinWait();
    }

    @Override
    public void close() {
        wheel.stop();
    }
}
