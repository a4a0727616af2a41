// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static io.fdreactor.posix.libc.Linux.POLLERR;
import static io.fdreactor.posix.libc.Linux.POLLHUP;
import static io.fdreactor.posix.libc.Linux.POLLIN;
import static io.fdreactor.posix.libc.Linux.POLLNVAL;
import static io.fdreactor.posix.libc.Linux.POLLOUT;
import static io.fdreactor.posix.libc.Linux.POLLPRI;

import io.fdreactor.core.spi.Ready;

/**
 * What poll(2) and epoll(7) have in common: the bits of an event, and a timeout in whole milliseconds.
 *
 * <p>Their bits and those of {@link Ready} are the same but for two that are swapped: PRI comes before OUT there,
 * WRITE before PRIORITY here.
 */
public final class PollArguments {
    private static final int ALIKE = POLLIN | POLLERR | POLLHUP | POLLNVAL;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private PollArguments() {}

    /** The kernel's bits for those of {@link Ready}. */
    public static int toKernel(int ready) {
        return ready & ALIKE | (ready & Ready.WRITE) << 1 | (ready & Ready.PRIORITY) >> 1;
    }

    /** Those of {@link Ready} for the kernel's bits; what has no counterpart is left out. */
    public static int toReady(int kernel) {
        return kernel & ALIKE | (kernel & POLLOUT) >> 1 | (kernel & POLLPRI) << 1;
    }

    /**
     * Milliseconds to wait for so many nanoseconds: never fewer, unless they are more than an int can say; -1, for
     * ever, if negative.
     */
    public static int toMillis(long timeoutNanos) {
        if (timeoutNanos < 0) {
            return -1;
        }
        long millis = timeoutNanos / NANOS_PER_MILLI;
        if (timeoutNanos % NANOS_PER_MILLI != 0) {
            millis++;
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }
}
