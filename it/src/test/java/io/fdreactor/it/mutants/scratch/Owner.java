// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.ReactorAlreadyRunning;
import io.fdreactor.ReactorClosed;
import io.fdreactor.ReactorNotRestartable;
import io.fdreactor.WrongThread;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whose a reactor is, and whether it has ended. The owner is who opened it, then who drives it, and after {@code run}
 * whoever comes next; the driver is the owner while it is inside the loop. For any thread: guarded by itself.
 */
class Owner {
    private @Nullable Thread owner = Thread.currentThread();
    private @Nullable Thread driver;
    /** Whether the owner has driven it, so that another thread can't. */
    private boolean claimed;

    private boolean ended;
    private boolean stopped;
    private boolean closedByUser;

    /** Throws unless this is the reactor's thread and it hasn't ended. */
    synchronized void check() {
        if (ended) {
            throw closed();
        }
        checkThread();
    }

    /** Throws unless this is the reactor's thread, or there is none any more. */
    synchronized void checkThread() {
        if (owner == null) {
            owner = Thread.currentThread();
        }
        if (owner != Thread.currentThread() && !ended) {
            throw new WrongThread("this is for the reactor's thread [" + owner.getName() + "] and was called on ["
                    + Thread.currentThread().getName() + "]; use callFromThread");
        }
    }

    /** Whether it belongs to this thread. */
    synchronized boolean isMine() {
        return owner == Thread.currentThread();
    }

    /** Whether it was stopped in order, and not closed since. */
    synchronized boolean wasStopped() {
        return stopped && !closedByUser;
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    /** This thread is going to drive it. */
    synchronized void enter() {
        Thread me = Thread.currentThread();
        if (isVirtual(me)) {
            throw new WrongThread("a virtual thread [" + me + "] can't drive a reactor; start a platform thread");
        }
        if (wasStopped()) {
            throw new ReactorNotRestartable("a reactor that was stopped can't run again; open another");
        }
        if (ended) {
            throw closed();
        }
        if (driver != null) {
            throw new ReactorAlreadyRunning("the reactor runs already, on [" + driver.getName() + "]");
        }
        if (claimed && owner != null && owner != me) {
            throw new WrongThread("the reactor is driven by [" + owner.getName() + "]");
        }
        seize();
    }

    /** This thread drives it, whoever did before. */
    synchronized void seize() {
        owner = Thread.currentThread();
        driver = owner;
        claimed = true;
    }

    /**
     * The driver leaves the loop.
     *
     * @param free whether it is the next one's that comes
     */
    synchronized void leave(boolean free) {
        driver = null;
        if (free) {
            owner = null;
            claimed = false;
        }
        notifyAll();
    }

    synchronized void end(boolean inOrder) {
        ended = true;
        stopped = inOrder;
        notifyAll();
    }

    /** A user closes it. */
    synchronized void closing() {
        if (driver == Thread.currentThread()) {
            throw new WrongThread("the loop's own thread [" + driver.getName() + "] can't close it; call stop");
        }
        closedByUser = true;
    }

    /** Takes it over unless somebody drives it or it has ended. */
    synchronized boolean enterToEnd() {
        if (driver != null || ended) {
            return false;
        }
        seize();
        return true;
    }

    synchronized @Nullable Thread driver() {
        return driver;
    }

    /** Waits until nobody drives it or the time is up; an interrupt doesn't cut that short. */
    synchronized void awaitIdle(long timeoutNanos) {
        long deadline = System.nanoTime() + timeoutNanos;
        boolean interrupted = false;
        for (long left = timeoutNanos; driver != null && left > 0; left = deadline - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static ReactorClosed closed() {
        return new ReactorClosed("the reactor has ended and has closed all it had; open another");
    }

    /** {@code Thread.isVirtual}, where there is such a thing. */
    boolean isVirtual(Thread thread) {
        try {
            return (boolean) Thread.class.getMethod("isVirtual").invoke(thread);
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
