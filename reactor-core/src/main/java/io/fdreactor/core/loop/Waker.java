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
 * wake-up is lost. Whoever turns {@code sleeping} off makes the call; if that fails, it turns it on again, so that the
 * next one tries.
 *
 * <p>The call and {@link #close} exclude each other: a wake-up that came after the close would write into whatever
 * file has got the waker's number by then.
 */
public final class Waker {
    private static final AtomicIntegerFieldUpdater<Waker> SLEEPING =
            AtomicIntegerFieldUpdater.newUpdater(Waker.class, "sleeping");

    private final Poller poller;
    private final Counters counters;
    private final LoopEvents events;
    /** 1 while the loop sleeps or is about to, else 0. Stored to directly: a store can't fail for want of a stack. */
    private volatile int sleeping;

    private boolean closed;

    public Waker(Poller poller, Counters counters, LoopEvents events) {
        this.poller = poller;
        this.counters = counters;
        this.events = events;
    }

    /** The loop is about to sleep, and looks at its queues next. */
    void beforeSleep() {
        sleeping = 1;
    }

    /** The loop is awake. */
    void afterSleep() {
        if (sleeping != 0) {
            sleeping = 0;
        }
    }

    /** Something was queued for the loop. From any thread. */
    void wake() {
        if (sleeping != 0 && SLEEPING.compareAndSet(this, 1, 0)) {
            boolean done = false;
            try {
                makeCall();
                done = true;
            } finally {
                if (!done) {
                    sleeping = 1;
                }
            }
        }
    }

    private synchronized void makeCall() {
        if (!closed) {
            counters.wakeups++;
            poller.wakeup();
            events.wokenUp();
        }
    }

    /** Closes the poller; wake-ups do nothing from now on. */
    synchronized void close() {
        if (!closed) {
            closed = true;
            poller.close();
        }
    }
}
