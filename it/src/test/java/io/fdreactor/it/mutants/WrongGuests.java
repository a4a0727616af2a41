// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static io.fdreactor.it.mutants.WrongPollers.mutant;
import static io.fdreactor.it.mutants.WrongPollers.overEPoll;

import io.fdreactor.Capability;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.ReadySink;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Wrong about the process and the thread that they are in, and about what they have promised. */
final class WrongGuests {
    static final List<Mutant> ALL = List.of(
            overEPoll("files-left-open", "closes nothing", good -> new ForwardingPoller(good) {
                        @Override
                        public void close() {}
                    })
                    .fails("CORE-06", "nothing is left behind; seen: [descriptor")
                    .fails("CORE-11", "nothing is left behind; seen: [descriptor"),
            overEPoll("thread-left-running", "has a thread, and doesn't end it", LeavesAThread::new)
                    .fails("CORE-06", "nothing is left behind; seen: [thread"),
            overEPoll("garbage", "makes an object of each event", MakesEvents::new)
                    .fails("FD-32", "on the heap"),
            overEPoll("interrupt-thrown", "an interrupted thread's wait fails", good -> new ForwardingPoller(good) {
                        @Override
                        public int poll(long timeoutNanos, ReadySink sink) throws IOException {
                            if (Thread.currentThread().isInterrupted()) {
                                throw new ClosedByInterruptException();
                            }
                            return super.poll(timeoutNanos, sink);
                        }
                    })
                    .fails("THREAD-07", "can't wait for its descriptors for now"),
            overEPoll(
                            "interrupt-spins",
                            "an interrupted thread doesn't wait, as in a Selector",
                            good -> new ForwardingPoller(good) {
                                @Override
                                public int poll(long timeoutNanos, ReadySink sink) throws IOException {
                                    return super.poll(Thread.currentThread().isInterrupted() ? 0 : timeoutNanos, sink);
                                }
                            })
                    .fails("THREAD-07", "the loop sleeps"),
            overEPoll("interrupt-cleared", "takes an interrupt and keeps it", good -> new ForwardingPoller(good) {
                        @Override
                        public int poll(long timeoutNanos, ReadySink sink) throws IOException {
                            Thread.interrupted();
                            return super.poll(timeoutNanos, sink);
                        }
                    })
                    .fails("THREAD-07", "the interrupt is still set"),
            overEPoll("confined", "serves the thread that has opened it", ServesItsOpener::new)
                    .fails("CORE-10", "can't wait for its descriptors for now"),
            mutant(
                            "promises-file-identity",
                            "poll(2) can't tell a file from its successor",
                            AlteredProvider.poll().claiming(Capability.FILE_IDENTITY))
                    .fails("FD-18", "is told"),
            mutant(
                            "promises-to-detect-close",
                            "epoll forgets a closed file in silence",
                            AlteredProvider.epoll().claiming(Capability.DETECTS_CLOSE))
                    .fails("FD-17", "is told"),
            mutant(
                            "promises-channels",
                            "epoll watches numbers only",
                            AlteredProvider.epoll().claiming(Capability.CHANNEL))
                    .fails("FD-27", "can't be watched"),
            mutant(
                            "promises-nanoseconds",
                            "poll(2) counts milliseconds",
                            AlteredProvider.poll().claiming(Capability.NANO_TIMEOUT))
                    .fails("TIME-12", "microseconds late"));

    private WrongGuests() {}

    private static final class LeavesAThread extends ForwardingPoller {
        LeavesAThread(Poller good) {
            super(good);
            Thread thread = new Thread(LockSupport::park, "completions");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static final class MakesEvents extends ForwardingPoller {
        private Event last = new Event(0, 0);

        private record Event(long token, int events) {}

        MakesEvents(Poller good) {
            super(good);
        }

        @Override
        public int poll(long timeoutNanos, ReadySink sink) throws IOException {
            return super.poll(timeoutNanos, (token, events) -> {
                last = new Event(token, events);
                sink.ready(last.token(), last.events());
            });
        }
    }

    /** As memory in a confined arena does. */
    private static final class ServesItsOpener extends ForwardingPoller {
        private final Thread opener = Thread.currentThread();

        ServesItsOpener(Poller good) {
            super(good);
        }

        @Override
        public int poll(long timeoutNanos, ReadySink sink) throws IOException {
            if (Thread.currentThread() != opener) {
                throw new IllegalStateException("not my thread");
            }
            return super.poll(timeoutNanos, sink);
        }
    }
}
