// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.calls;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * From handing a call to a loop that sleeps until that call runs. Between two calls the caller gives the loop time to
 * fall asleep, and keeps its own core busy meanwhile, so that only one thread has to be woken up.
 */
final class WakeupLatency {
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);

    /** When the last call ran; 0 while it hasn't. Of System.nanoTime. */
    private volatile long ranNanos;

    /** Nanoseconds, of so many calls. */
    Histogram measure(Executor loop, int calls) {
        Histogram latencies = new Histogram(3);
        Runnable call = () -> ranNanos = System.nanoTime() | 1;
        for (int i = 0; i < calls; i++) {
            ranNanos = 0;
            long handedNanos = System.nanoTime();
            loop.execute(call);
            while (ranNanos == 0) {
                Thread.onSpinWait();
            }
            long then = ranNanos;
            latencies.recordValue(Math.max(0, then - handedNanos));
            while (System.nanoTime() - then < PAUSE_NANOS) {
                Thread.onSpinWait();
            }
        }
        return latencies;
    }
}
