// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.core.observe.Counters;
import io.fdreactor.core.observe.LoopEvents;
import io.fdreactor.core.spi.Poller;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * Ends the loop's sleep from other threads, with one system call a sleep at most and none while it is awake.
 *
 * <p>The loop says that it is about to sleep and looks at its queues once more; another thread fills a queue and
 * looks whether the loop sleeps. Both write first and read afterwards, so at least one sees the other, and no
 * wake-up is lost. One of them makes the call, and the loop counts as asleep until that has succeeded: whoever comes
 * meanwhile waits for the outcome, which takes as long as one system call, and tries if the first one has failed.
 *
 * <p>The calls and {@link #close} exclude each other: a wake-up that came after the close would write into whatever
 * file has got the waker's number by then.
 */
public final class Waker {
    private static final AtomicIntegerFieldUpdater<Waker> SLEEPING =
            AtomicIntegerFieldUpdater.newUpdater(Waker.class, "sleeping");

    private final Poller poller;
    private final Counters counters;
    private final LoopEvents events;
    private static final int AWAKE = 0;
    /** The loop sleeps, or is about to. */
    private static final int ASLEEP = 1;
    /** As asleep, and a thread that holds the monitor makes the call. */
    private static final int BEING_WOKEN = 2;

    /** What the loop does. Stored to directly where that may not fail: a store needs no stack. */
    private volatile int sleeping;

    private boolean closed;

    public Waker(Poller poller, Counters counters, LoopEvents events) {
        this.poller = poller;
        this.counters = counters;
        this.events = events;
    }

    /** The loop is about to sleep, and looks at its queues next. */
    void beforeSleep() {
        sleeping = ASLEEP;
    }

    /** The loop is awake. */
    void afterSleep() {
        if (sleeping != AWAKE) {
            sleeping = AWAKE;
        }
    }

    /** Something was queued for the loop. From any thread. */
    void wake() {
        if (sleeping != AWAKE) {
            makeCall();
        }
    }

    private synchronized void makeCall() {
        if (closed || !SLEEPING.compareAndSet(this, ASLEEP, BEING_WOKEN)) {
            return;
        }
        boolean done = false;
        try {
            counters.wakeups++;
            poller.wakeup();
            // Unless the loop is awake by now, or asleep again.
            SLEEPING.compareAndSet(this, BEING_WOKEN, AWAKE);
            done = true;
        } finally {
            if (!done) {
                sleeping = ASLEEP;
            }
        }
        events.wokenUp();
    }

    /** Closes the poller; wake-ups do nothing from now on. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            poller.close();
        }
    }
}
