// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import java.util.concurrent.TimeUnit;

/**
 * Divides a wait into short ones. There is no notification when a reactor ends without a shutdown (closed before it
 * ever ran, or by a {@link VirtualMachineError}), so threads that wait for it check for that now and then.
 */
final class WaitSlices {
    private static final long LOOK_UP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final long sinceNanos = System.nanoTime();
    private final long timeoutNanos;

    WaitSlices(long timeout, TimeUnit unit) {
        this.timeoutNanos = Math.max(0, unit.toNanos(timeout)); // So that no subtraction overflows.
    }

    boolean isLeft() {
        return leftNanos() > 0;
    }

    /** How long to wait before looking up. */
    long nextNanos() {
        return Math.min(LOOK_UP_NANOS, leftNanos());
    }

    private long leftNanos() {
        return timeoutNanos - (System.nanoTime() - sinceNanos);
    }
}
