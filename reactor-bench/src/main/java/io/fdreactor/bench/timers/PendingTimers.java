// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.timers;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Nanoseconds of one operation beside timers that are pending and aren't due while it is measured: their delays lie at
 * random between an hour and two. So do those of what is scheduled or reset, unless it is to run.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls setUp.
public class PendingTimers {
    /** How many calls are scheduled before they run. */
    private static final int BATCH = 1_000;

    private static final int DELAYS = 1 << 16;
    private static final long HOUR_NANOS = TimeUnit.HOURS.toNanos(1);
    private static final long SOON_NANOS = TimeUnit.MICROSECONDS.toNanos(10);

    @Param({"FDREACTOR", "NETTY", "WHEEL", "EXECUTOR"})
    public SchedulerKind kind;

    @Param({"1000", "100000", "1000000"})
    public int pending;

    private final SplittableRandom random = new SplittableRandom(20_021_113);
    private final long[] delaysNanos =
            random.longs(DELAYS, HOUR_NANOS, 2 * HOUR_NANOS).toArray();
    private final long[] soonNanos = random.longs(BATCH, 0, SOON_NANOS).toArray();
    /** Counts the calls; written by the one thread that makes them. */
    private final AtomicLong calls = new AtomicLong();

    private Scheduler scheduler;
    private Object[] timers;
    private int next;

    @Setup
    public void setUp() {
        scheduler = kind.open(() -> calls.setRelease(calls.getPlain() + 1));
        timers = new Object[pending];
        for (int i = 0; i < pending; i++) {
            timers[i] = scheduler.schedule(HOUR_NANOS + random.nextLong(HOUR_NANOS));
        }
    }

    @TearDown
    public void tearDown() {
        scheduler.close();
    }

    /** One more is scheduled and cancelled. */
    @Benchmark
    public void scheduleAndCancel() {
        scheduler.cancel(scheduler.schedule(nextDelayNanos()));
    }

    /** Any of the pending ones is reset. */
    @Benchmark
    public void reset() {
        int any = (int) ((random.nextLong() >>> 32) * pending >>> 32);
        timers[any] = scheduler.reset(timers[any], nextDelayNanos());
    }

    /** A thousand more are scheduled, to be due within 10 µs, and run. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void scheduleAndFire() {
        long target = calls.getAcquire() + BATCH;
        for (long delayNanos : soonNanos) {
            scheduler.schedule(delayNanos);
        }
        while (calls.getAcquire() < target) {
            scheduler.runDue();
        }
    }

    private long nextDelayNanos() {
        return delaysNanos[next++ & DELAYS - 1];
    }
}
