// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static io.fdreactor.it.mutants.WrongPollers.overEPoll;

import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.ReadySink;
import java.io.IOException;
import java.util.List;

/** Wrong about {@link Poller#wakeup}. */
final class WrongWakers {
    static final List<Mutant> ALL = List.of(
            overEPoll("wakeup-lost", "wakeup does nothing", good -> new ForwardingPoller(good) {
                        @Override
                        public void wakeup() {}
                    })
                    .fails("THREAD-01", "hangs"),
            overEPoll("wakeup-forgotten", "each wait begins by taking back earlier wake-ups", ForgetsWakeups::new)
                    .fails("THREAD-02", "hangs"),
            overEPoll("wakeup-not-drained", "a wake-up is never taken back", NeverDrains::new)
                    .fails("CORE-12", "the loop sleeps"),
            overEPoll("wakeup-locked-out", "wakeup waits for the lock that a wait holds", WakesUnderLock::new)
                    .fails("THREAD-01", "hangs"),
            overEPoll("wakeup-of-the-last", "a static field has the waker of the last one opened", WakesTheLast::new)
                    .fails("THREAD-02", "hangs"));

    private WrongWakers() {}

    /** As a Selector does whose selectNow is called for something else. */
    private static final class ForgetsWakeups extends ForwardingPoller {
        ForgetsWakeups(Poller good) {
            super(good);
        }

        @Override
        public int poll(long timeoutNanos, ReadySink sink) throws IOException {
            super.poll(0, (token, events) -> {});
            return super.poll(timeoutNanos, sink);
        }
    }

    private static final class NeverDrains extends ForwardingPoller {
        private volatile boolean woken;

        NeverDrains(Poller good) {
            super(good);
        }

        @Override
        public void wakeup() {
            woken = true;
            super.wakeup();
        }

        @Override
        public int poll(long timeoutNanos, ReadySink sink) throws IOException {
            return super.poll(woken ? 0 : timeoutNanos, sink);
        }
    }

    private static final class WakesUnderLock extends ForwardingPoller {
        WakesUnderLock(Poller good) {
            super(good);
        }

        @Override
        public synchronized int poll(long timeoutNanos, ReadySink sink) throws IOException {
            return super.poll(timeoutNanos, sink);
        }

        @Override
        public synchronized void wakeup() {
            super.wakeup();
        }
    }

    private static final class WakesTheLast extends ForwardingPoller {
        private static Poller last;

        WakesTheLast(Poller good) {
            super(good);
            last = good;
        }

        @Override
        public void wakeup() {
            last.wakeup();
        }
    }
}
