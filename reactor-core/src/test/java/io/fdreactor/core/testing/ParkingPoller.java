// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.testing;

import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.core.spi.Watch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A poller that really waits, in real time, but has nothing to wait for: no registration is ever ready. It needs no
 * native code, so a loop over it can be raced by threads and ended with its JVM.
 */
public class ParkingPoller implements Poller {
    private final AtomicInteger wakeups = new AtomicInteger();
    private volatile @Nullable Thread waiter;
    private volatile boolean woken;
    private volatile boolean closed;
    private volatile boolean misused;

    /** How often it was woken, in all. */
    public int wakeups() {
        return wakeups.get();
    }

    public boolean isClosed() {
        return closed;
    }

    /** Whether it was woken after it was closed. */
    public boolean wasMisused() {
        return misused;
    }

    @Override
    public Registration register(Watch watch, int interest) {
        return Registration.WATCHED;
    }

    @Override
    public boolean modify(Watch watch, int interest) {
        return true;
    }

    @Override
    public boolean isCurrent(Watch watch) {
        return true;
    }

    @Override
    public void deregister(Watch watch) {}

    @Override
    public int poll(long timeoutNanos, ReadySink sink) {
        waiter = Thread.currentThread();
        long deadlineNanos = System.nanoTime() + timeoutNanos;
        boolean interrupted = false;
        while (!woken) {
            if (timeoutNanos < 0) {
                LockSupport.park(this);
            } else {
                long leftNanos = deadlineNanos - System.nanoTime();
                if (leftNanos <= 0) {
                    break;
                }
                LockSupport.parkNanos(this, leftNanos);
            }
            // A thread that is interrupted doesn't park: it has to be told afterwards.
            interrupted |= Thread.interrupted();
        }
        woken = false;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    @Override
    public void wakeup() {
        misused |= closed;
        wakeups.incrementAndGet();
        woken = true;
        LockSupport.unpark(waiter);
    }

    @Override
    public void close() {
        closed = true;
    }
}
