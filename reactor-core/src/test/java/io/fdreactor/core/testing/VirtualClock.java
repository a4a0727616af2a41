// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.testing;

import java.util.function.LongSupplier;

/** A monotonic clock in nanoseconds that moves only when told to. It starts anywhere, and wraps around as a long does. */
public final class VirtualClock implements LongSupplier {
    private long nowNanos;

    /** Starts at 0. */
    public VirtualClock() {
        this(0);
    }

    public VirtualClock(long startNanos) {
        this.nowNanos = startNanos;
    }

    @Override
    public long getAsLong() {
        return nowNanos;
    }

    /** Lets time pass. */
    public void advance(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("time doesn't run backwards: [" + nanos + " ns]");
        }
        nowNanos += nanos;
    }
}
