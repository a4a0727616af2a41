// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static io.fdreactor.core.spi.Ready.ERROR;
import static io.fdreactor.core.spi.Ready.GONE;
import static io.fdreactor.core.spi.Ready.HANGUP;
import static io.fdreactor.core.spi.Ready.PRIORITY;
import static io.fdreactor.core.spi.Ready.READ;
import static io.fdreactor.core.spi.Ready.WRITE;
import static io.fdreactor.it.mutants.WrongPollers.mutant;

import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.core.spi.Watch;
import io.fdreactor.posix.DirectMemory;
import io.fdreactor.posix.NativeAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** Wrong about who is ready, and for what. */
final class WrongReadiness {
    static final List<Mutant> ALL = List.of(
            WrongPollers.overEPoll("edge-triggered", "tells of each readiness once", TellsEdges::new)
                    .fails("FD-01", "is told [doRead, doRead, doRead]")
                    .fails("FD-02", "is told [doWrite, doWrite, doWrite]"),
            WrongPollers.overEPoll("one-shot", "a registration that was told is disarmed", Disarms::new)
                    .fails("FD-01", "is told [doRead, doRead, doRead]"),
            tells("both-directions", "whoever is ready is ready for both", events -> events | READ | WRITE)
                    .fails("FD-10", "is told"),
            wants("interest-in-both", "asks the kernel for both directions always", wanted -> wanted | READ | WRITE)
                    .fails("CORE-12", "the loop sleeps"),
            wants(
                            "bits-of-another-kernel",
                            "takes Ready's bits for the kernel's",
                            wanted -> wanted & READ | (wanted & WRITE) << 1 | (wanted & PRIORITY) >> 1)
                    .fails("FD-02", "is told"),
            tells("hang-up-swallowed", "only what was asked for is told", events -> events & ~HANGUP)
                    .fails("FD-13", "is told [lost ConnectionDone]"),
            tells(
                            "hang-up-as-input",
                            "a hang-up is input, as select(2) has it",
                            events -> (events & HANGUP) == 0 ? events : events & ~HANGUP | READ)
                    .fails("FD-13", "is told [lost ConnectionDone]"),
            tells(
                            "hang-up-alone",
                            "a hang-up hides pending input",
                            events -> (events & HANGUP) == 0 ? events : events & ~READ)
                    .fails("FD-13", "the last words"),
            WrongPollers.overEPoll("half-end-as-hang-up", "the end of the input is a hang-up", RdhupIsHangup::new)
                    .fails("FD-14", "is told"),
            tells("error-swallowed", "only what was asked for is told", events -> events & ~ERROR)
                    .fails("FD-13", "is told [lost ConnectionLost]")
                    .fails("FD-15", "the writer is lost"),
            mutant(
                            "close-unnoticed",
                            "passes over POLLNVAL",
                            AlteredProvider.poll().with(good -> new Retelling(good, events -> events & ~GONE)))
                    .fails("FD-17", "is told [lost ConnectionFdescWentAway]"),
            tells(
                            "priority-as-input",
                            "what is urgent is input",
                            events -> (events & PRIORITY) == 0 ? events : events & ~PRIORITY | READ)
                    .fails("FD-30", "expected soon: urgent data"),
            wants("priority-never", "claims PRIORITY and never asks for it", wanted -> wanted & ~PRIORITY)
                    .fails("FD-30", "expected soon: urgent data"),
            wants(
                            "priority-always",
                            "readers are asked to hear of what is urgent",
                            wanted -> (wanted & READ) == 0 ? wanted : wanted | PRIORITY)
                    .fails("FD-30", "the loop sleeps"),
            WrongPollers.overEPoll("token-without-generation", "gives back the slot", ForgetsGenerations::new)
                    .fails("FD-20", "is told"),
            WrongPollers.overEPoll(
                            "told-twice", "tells of each registration twice", good -> new ForwardingPoller(good) {
                                @Override
                                public int poll(long timeoutNanos, ReadySink sink) throws IOException {
                                    return super.poll(timeoutNanos, (token, events) -> {
                                        sink.ready(token, events);
                                        sink.ready(token, events);
                                    });
                                }
                            })
                    .fails("FD-01", "is told [doRead, doRead, doRead]"),
            WrongPollers.overEPoll(
                            "filters-told-apart",
                            "tells of writing, then of the rest, as two filters",
                            good -> new ForwardingPoller(good) {
                                @Override
                                public int poll(long timeoutNanos, ReadySink sink) throws IOException {
                                    return super.poll(timeoutNanos, (token, events) -> {
                                        for (int each : new int[] {events & WRITE, events & ~WRITE}) {
                                            if (each != 0) {
                                                sink.ready(token, each);
                                            }
                                        }
                                    });
                                }
                            })
                    .fails("FD-09", "is told [doRead, doWrite"));

    private WrongReadiness() {}

    private static Mutant tells(String name, String mistake, IntUnaryOperator instead) {
        return WrongPollers.overEPoll(name, mistake, good -> new Retelling(good, instead));
    }

    private static Mutant wants(String name, String mistake, IntUnaryOperator instead) {
        return WrongPollers.overEPoll(name, mistake, good -> new ForwardingPoller(good) {
            @Override
            public Registration register(Watch watch, int interest) throws IOException {
                return super.register(watch, instead.applyAsInt(interest));
            }

            @Override
            public boolean modify(Watch watch, int interest) throws IOException {
                return super.modify(watch, instead.applyAsInt(interest));
            }
        });
    }

    private static final class Retelling extends BookkeepingPoller {
        private final IntUnaryOperator instead;

        Retelling(Poller good, IntUnaryOperator instead) {
            super(good);
            this.instead = instead;
        }

        @Override
        protected int retell(Entry entry, int events) {
            return instead.applyAsInt(events);
        }
    }

    /** What was there at the last poll isn't told at this, unless the interest was changed in between. */
    private static final class TellsEdges extends BookkeepingPoller {
        private Map<Long, Integer> before = new HashMap<>();
        private Map<Long, Integer> now = new HashMap<>();

        TellsEdges(Poller good) {
            super(good);
        }

        @Override
        public boolean modify(Watch watch, int interest) throws IOException {
            before.remove(watch.token());
            return super.modify(watch, interest);
        }

        @Override
        public int poll(long timeoutNanos, ReadySink sink) throws IOException {
            int ready = super.poll(timeoutNanos, sink);
            before = now;
            now = new HashMap<>();
            return ready;
        }

        @Override
        protected int retell(Entry entry, int events) {
            long token = entry.watch().token();
            now.put(token, events);
            return events & ~before.getOrDefault(token, 0);
        }
    }

    private static final class Disarms extends BookkeepingPoller {
        private final List<Watch> told = new ArrayList<>();

        Disarms(Poller good) {
            super(good);
        }

        @Override
        public int poll(long timeoutNanos, ReadySink sink) throws IOException {
            int ready = super.poll(timeoutNanos, sink);
            for (Watch watch : told) {
                good.modify(watch, 0);
            }
            told.clear();
            return ready;
        }

        @Override
        protected int retell(Entry entry, int events) {
            told.add(entry.watch());
            return events;
        }
    }

    /** As if it asked for EPOLLRDHUP and took that for EPOLLHUP. */
    private static final class RdhupIsHangup extends BookkeepingPoller {
        private static final int MSG_PEEK = 2;

        private final DirectMemory octet = DirectMemory.allocate(1);

        RdhupIsHangup(Poller good) {
            super(good);
        }

        @Override
        protected int retell(Entry entry, int events) {
            boolean ended = (events & READ) != 0
                    && NativeAccess.libc().recv(entry.watch().fd(), octet.address(), 1, MSG_PEEK) == 0;
            return ended ? events | HANGUP : events;
        }
    }

    /** Whose event it is, is decided by who has the slot now. */
    private static final class ForgetsGenerations extends ForwardingPoller {
        private final Map<Integer, Long> tokens = new HashMap<>();

        ForgetsGenerations(Poller good) {
            super(good);
        }

        @Override
        public Registration register(Watch watch, int interest) throws IOException {
            tokens.put(watch.slot(), watch.token());
            return super.register(watch, interest);
        }

        @Override
        public int poll(long timeoutNanos, ReadySink sink) throws IOException {
            return super.poll(timeoutNanos, (token, events) -> sink.ready(tokens.get((int) token), events));
        }
    }
}
