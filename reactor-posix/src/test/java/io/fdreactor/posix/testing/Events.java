// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.testing;

import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.ReadySink;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What one poll has told: bits by token. */
public final class Events implements ReadySink {
    private final Map<Long, Integer> bits = new LinkedHashMap<>();

    /** How long a wait is that proves by not ending early that nothing ended it. */
    public static final long A_WHILE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** How long a wait is that something must end: long, and yet a test that fails comes to its end. */
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** What is ready now. */
    public static Map<Long, Integer> of(Poller poller) throws IOException {
        return of(poller, 0);
    }

    /** What a poll tells that waits until there is something. */
    public static Map<Long, Integer> awaited(Poller poller) throws IOException {
        return of(poller, LIMIT_NANOS);
    }

    /** Checks that a wake-up ends a poll, which has nothing to tell. */
    public static void assertWokenUp(Poller poller) throws IOException {
        if (nanosWaited(poller, LIMIT_NANOS) >= LIMIT_NANOS) {
            throw new AssertionError("nothing woke the poller up");
        }
    }

    /** What a poll with this limit tells; also checks that it tells each once and counts right. */
    public static Map<Long, Integer> of(Poller poller, long timeoutNanos) throws IOException {
        Events events = new Events();
        int count = poller.poll(timeoutNanos, events);
        if (count != events.bits.size()) {
            throw new AssertionError("poll answered " + count + " but told " + events.bits);
        }
        return events.bits;
    }

    /** How long a poll that has nothing to tell takes. */
    public static long nanosWaited(Poller poller, long timeoutNanos) throws IOException {
        long start = System.nanoTime();
        Map<Long, Integer> told = of(poller, timeoutNanos);
        long waited = System.nanoTime() - start;
        if (!told.isEmpty()) {
            throw new AssertionError("nothing was to be told, not " + told);
        }
        return waited;
    }

    @Override
    public void ready(long token, int events) {
        if (bits.put(token, events) != null) {
            throw new AssertionError("told twice: " + token);
        }
    }
}
