// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.ReactorAlreadyRunning;
import io.fdreactor.ReactorClosed;
import io.fdreactor.ReactorNotRestartable;
import io.fdreactor.WrongThread;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which thread a reactor belongs to, and whether it has ended. For any thread.
 *
 * <p>The <em>owner</em> may call the reactor's methods: first the thread that opened it, from {@code run} or the
 * first {@code iterate} on the one that drives it, and after {@code run} the next that comes. The <em>driver</em> is
 * the owner while it is inside the loop; there is at most one. {@code owner} and {@code ended} are read without the
 * lock, on every call; they are written under it.
 */
final class Ownership {
    /** What came of an attempt to take over in order to close. */
    enum Entry {
        /** It has ended already. */
        CLOSED,
        /** This thread drives it now. */
        ENTERED,
        /** Another thread drives it. */
        BUSY
    }

    private static final @Nullable MethodHandle IS_VIRTUAL = findIsVirtual();

    private volatile @Nullable Thread owner = Thread.currentThread();
    private volatile boolean ended;
    private @Nullable Thread driver;
    /** Whether the owner has driven it, so that no other thread may. */
    private boolean claimed;

    private boolean endedInOrder;
    private boolean closedByUser;

    /** Throws unless this thread owns it and it hasn't ended. */
    void check() {
        if (ended) {
            throw closed();
        }
        if (!CoreWatch.isSame(owner, Thread.currentThread())) {
            claim();
        }
    }

    /** Throws unless this thread owns it, or it has ended. */
    void checkThread() {
        if (!CoreWatch.isSame(owner, Thread.currentThread()) && !ended) {
            claim();
        }
    }

    /** Whether it ended because it was stopped, and nobody has closed it since. */
    synchronized boolean hasEndedInOrder() {
        return ended && endedInOrder && !closedByUser;
    }

    private synchronized void claim() {
        Thread me = Thread.currentThread();
        if (owner == null && !ended) {
            owner = me;
        } else if (!CoreWatch.isSame(owner, me)) {
            throw new WrongThread("this belongs to the reactor's thread [" + name(owner) + "] and was called on ["
                    + me.getName() + "]; use callFromThread");
        }
    }

    /** This thread is going to drive it. */
    synchronized void enter() {
        Thread me = Thread.currentThread();
        if (isVirtual(me)) {
            throw new WrongThread("a reactor can't run on a virtual thread [" + me
                    + "], whose carrier it would hold for ever; start a platform thread for it");
        }
        if (ended) {
            throw endedInOrder && !closedByUser
                    ? new ReactorNotRestartable("a reactor that was stopped can't run again; open another")
                    : closed();
        }
        if (driver != null) {
            throw new ReactorAlreadyRunning("the reactor runs already, on [" + driver.getName()
                    + "]; neither run nor iterate may be called meanwhile, nor from a callback");
        }
        if (claimed && owner != null && !CoreWatch.isSame(owner, me)) {
            throw new WrongThread(
                    "the reactor is driven by [" + name(owner) + "], so [" + me.getName() + "] can't drive it, too");
        }
        take(me);
    }

    /**
     * This thread wants to drive it to its end. Waits, if another does, until that one leaves or the time is up.
     *
     * @param deadlineNanos of System.nanoTime
     */
    synchronized Entry enterToClose(long deadlineNanos) {
        Thread me = Thread.currentThread();
        if (CoreWatch.isSame(driver, me)) {
            throw new WrongThread("close waits for the loop to end, so it can't be called inside the loop on ["
                    + me.getName() + "]; call stop");
        }
        closedByUser = true;
        return takeOver(deadlineNanos);
    }

    /** As {@link #enterToClose}, without counting as a close of the user's. */
    synchronized Entry takeOver(long deadlineNanos) {
        awaitEnd(deadlineNanos);
        if (driver != null) {
            return Entry.BUSY;
        }
        if (ended) {
            return Entry.CLOSED;
        }
        take(Thread.currentThread());
        return Entry.ENTERED;
    }

    /** Waits until nobody drives it or the time is up; an interrupt doesn't cut that short. */
    synchronized void awaitEnd(long deadlineNanos) {
        boolean interrupted = false;
        long leftNanos = deadlineNanos - System.nanoTime();
        while (driver != null && leftNanos > 0) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            leftNanos = deadlineNanos - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Takes it from a driver that is known never to come back.
     *
     * @return whether that one still had it, and it hadn't ended
     */
    synchronized boolean seize(Thread from) {
        if (ended || !CoreWatch.isSame(driver, from)) {
            return false;
        }
        take(Thread.currentThread());
        return true;
    }

    private void take(Thread me) {
        driver = me;
        owner = me;
        claimed = true;
    }

    /**
     * The driver leaves the loop.
     *
     * @param free whether the next thread that comes may own it
     */
    synchronized void leave(boolean free) {
        driver = null;
        if (free) {
            owner = null;
            claimed = false;
        }
        notifyAll();
    }

    /** It has ended. */
    synchronized void close(boolean inOrder) {
        ended = true;
        endedInOrder = inOrder;
        notifyAll();
    }

    synchronized @Nullable Thread driver() {
        return driver;
    }

    /** Whether this thread is inside the loop. */
    synchronized boolean isDriver() {
        return CoreWatch.isSame(driver, Thread.currentThread());
    }

    /** Whether it belongs to this thread. */
    boolean isOwner() {
        return CoreWatch.isSame(owner, Thread.currentThread());
    }

    boolean hasEnded() {
        return ended;
    }

    private static ReactorClosed closed() {
        return new ReactorClosed("the reactor has ended and has closed all it had; open another");
    }

    private static String name(@Nullable Thread thread) {
        return thread == null ? "nobody" : thread.getName();
    }

    private static boolean isVirtual(Thread thread) {
        try {
            return IS_VIRTUAL != null && (boolean) IS_VIRTUAL.invokeExact(thread);
        } catch (Throwable e) {
            throw new AssertionError("Thread.isVirtual doesn't throw", e);
        }
    }

    /** Thread.isVirtual, which came with Java 21. */
    private static @Nullable MethodHandle findIsVirtual() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null;
        }
    }
}
