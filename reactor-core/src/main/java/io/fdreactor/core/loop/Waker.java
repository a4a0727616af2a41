// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.core.observe.Counters;
import io.fdreactor.core.observe.LoopEvents;
import io.fdreactor.core.spi.Poller;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends the loop's sleep from other threads, with one system call a sleep at most and none while it is awake.
 *
 * <p>The loop says that it is about to sleep and looks at its queues once more; another thread fills a queue and
 * looks whether the loop sleeps. Both write first and read afterwards, so at least one sees the other, and no
 * wake-up is lost. Whoever turns {@code sleeping} off makes the call.
 *
 * <p>The call and {@link #close} exclude each other: a wake-up that came after the close would write into whatever
 * file has got the waker's number by then.
 */
public final class Waker {
    private final Poller poller;
    private final Counters counters;
    private final LoopEvents events;
    private final AtomicBoolean sleeping = new AtomicBoolean();
    private boolean closed;

    public Waker(Poller poller, Counters counters, LoopEvents events) {
        this.poller = poller;
        this.counters = counters;
        this.events = events;
    }

    /** The loop is about to sleep, and looks at its queues next. */
    void beforeSleep() {
        sleeping.set(true);
    }

    /** The loop is awake. */
    void afterSleep() {
        if (sleeping.get()) {
            sleeping.set(false);
        }
    }

    /** Something was queued for the loop. From any thread. */
    void wake() {
        if (sleeping.get() && sleeping.compareAndSet(true, false)) {
            synchronized (this) {
                if (!closed) {
                    counters.wakeups++;
                    poller.wakeup();
                    events.wokenUp();
                }
            }
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
