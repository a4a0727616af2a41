// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.netty;

import io.fdreactor.ReactorAlreadyRunning;
import io.fdreactor.ReactorClosed;
import io.fdreactor.ReactorNotRestartable;
import io.fdreactor.WrongThread;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Whose reactor it is, which Netty asserts at best; and whether it has ended. For any thread. */
final class NettyOwnership {
    private volatile @Nullable Thread owner = Thread.currentThread();
    private volatile boolean ended;
    private boolean stopped;
    /** The owner while it is inside the loop. */
    private @Nullable Thread driver;
    /** Whether the owner has driven it, so that it stays his. */
    private boolean claimed;

    /** Throws unless this thread owns it and it hasn't ended. */
    void check() {
        if (ended) {
            throw new ReactorClosed("the reactor has ended; open another");
        }
        if (owner != Thread.currentThread()) {
            claim();
        }
    }

    private synchronized void claim() {
        Thread me = Thread.currentThread();
        if (owner != null) {
            throw new WrongThread("this belongs to the reactor's thread [" + owner.getName() + "] and was called on ["
                    + me.getName() + "]; use callFromThread");
        }
        owner = me;
    }

    /** This thread is going to drive it. */
    synchronized void enter() {
        Thread me = Thread.currentThread();
        if (ended) {
            throw stopped
                    ? new ReactorNotRestartable("a reactor that was stopped can't run again; open another")
                    : new ReactorClosed("the reactor has ended; open another");
        }
        if (driver != null) {
            throw new ReactorAlreadyRunning("the reactor runs already, on [" + driver.getName() + "]");
        }
        if (claimed && owner != null && owner != me) {
            throw new WrongThread("the reactor is driven by [" + owner.getName() + "]");
        }
        take(me);
    }

    /**
     * This thread wants to end it. Waits for another that drives it.
     *
     * @return whether this thread drives it now; false if it has ended, or is still driven when the time is up
     */
    synchronized boolean enterToEnd(long timeoutNanos) {
        Thread me = Thread.currentThread();
        if (driver == me) {
            throw new WrongThread("close waits for the loop to end, so it can't be called inside the loop on ["
                    + me.getName() + "]; call stop");
        }
        long deadlineNanos = System.nanoTime() + timeoutNanos;
        boolean interrupted = false;
        for (long left = timeoutNanos; driver != null && left > 0; left = deadlineNanos - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            me.interrupt();
        }
        if (ended || driver != null) {
            return false;
        }
        take(me);
        return true;
    }

    private void take(Thread me) {
        driver = me;
        owner = me;
        claimed = true;
    }

    /** @param free whether the next thread that comes may own it */
    synchronized void leave(boolean free) {
        driver = null;
        if (free) {
            owner = null;
            claimed = false;
        }
        notifyAll();
    }

    /** @param inOrder whether it ended because it was stopped */
    synchronized void end(boolean inOrder) {
        ended = true;
        stopped = inOrder;
    }

    boolean isMine() {
        return owner == Thread.currentThread();
    }

    synchronized boolean isDriven() {
        return driver != null;
    }

    boolean hasEnded() {
        return ended;
    }

    synchronized boolean hasStopped() {
        return ended && stopped;
    }
}
