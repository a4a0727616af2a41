// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static io.fdreactor.it.mutants.WrongPollers.mutant;
import static io.fdreactor.it.mutants.WrongPollers.overEPoll;

import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.Ready;
import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.core.spi.Watch;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.libc.Errno;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.libc.Linux;
import io.fdreactor.posix.testing.ForwardingLibc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** Wrong about what is registered, and since when, and for what. */
final class WrongRegistrations {
    static final List<Mutant> ALL = List.of(
            overEPoll("deregister-leaves-nothing-wanted", "sets an empty mask", good -> new ForwardingPoller(good) {
                        @Override
                        public void deregister(Watch watch) {
                            try {
                                good.modify(watch, 0);
                            } catch (IOException e) {
                                good.deregister(watch);
                            }
                        }
                    })
                    .fails("FD-31", "the loop sleeps"),
            overEPoll("deregister-does-nothing", "the kernel never hears of it", good -> new ForwardingPoller(good) {
                        @Override
                        public void deregister(Watch watch) {}
                    })
                    .fails("FD-31", "the loop sleeps"),
            overEPoll("deregister-throws", "EBADF is an exception", good -> new ForwardingPoller(good) {
                        @Override
                        public void deregister(Watch watch) {
                            if (!good.isCurrent(watch)) {
                                throw new IllegalStateException("epoll_ctl: EBADF");
                            }
                            good.deregister(watch);
                        }
                    })
                    .fails("FD-33", "unexpected: java.lang.IllegalStateException"),
            overEPoll("deregister-late", "waits for the next poll", DeregistersLate::new)
                    .fails("FD-33", "is told"),
            overEPoll("register-is-choosy", "takes sockets and pipes only", good -> new ForwardingPoller(good) {
                        @Override
                        public Registration register(Watch watch, int interest) throws IOException {
                            Path file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + watch.fd()));
                            if (file.toString().startsWith("anon_inode:")) {
                                throw new IOException("neither a socket nor a pipe");
                            }
                            return super.register(watch, interest);
                        }
                    })
                    .fails("FD-24", "neither a socket nor a pipe"),
            overEPoll("modify-replaces", "a new direction drops the old one", good -> new BookkeepingPoller(good) {
                        @Override
                        public boolean modify(Watch watch, int interest) throws IOException {
                            int added = interest & ~entries.get(watch.token()).interest();
                            return super.modify(watch, added == 0 ? interest : added);
                        }
                    })
                    .fails("FD-05", "is told"),
            overEPoll("modify-adds", "the old directions stay", good -> new BookkeepingPoller(good) {
                        @Override
                        public boolean modify(Watch watch, int interest) throws IOException {
                            return super.modify(
                                    watch, interest | entries.get(watch.token()).interest());
                        }
                    })
                    .fails("FD-31", "the loop sleeps"),
            overEPoll("modify-forgets", "only registers", good -> new ForwardingPoller(good) {
                        @Override
                        public boolean modify(Watch watch, int interest) {
                            return true;
                        }
                    })
                    .fails("FD-05", "is told"),
            overEPoll("modify-adds-again", "what the kernel has forgotten", good -> new ForwardingPoller(good) {
                        @Override
                        public boolean modify(Watch watch, int interest) throws IOException {
                            return good.modify(watch, interest)
                                    || good.register(watch, interest) == Registration.WATCHED;
                        }
                    })
                    .fails("FD-22", "when another file has its number"),
            overEPoll("modify-ignores-failure", "as the JDK's Selector", good -> new ForwardingPoller(good) {
                        @Override
                        public boolean modify(Watch watch, int interest) throws IOException {
                            good.modify(watch, interest);
                            return true;
                        }
                    })
                    .fails("FD-22", "in the turn of the add"),
            mutant(
                            "register-knows-no-eexist",
                            "a file that was registered before under its number is refused",
                            AlteredProvider.epoll().on(RefusesExisting::new))
                    .fails("FD-20", "EEXIST"),
            mutant(
                            "register-unchecked",
                            "takes any number, as poll(2) does",
                            AlteredProvider.poll().on(ProbesNothing::new))
                    .fails("FD-21", "InvalidDescriptor to be thrown"),
            mutant(
                            "register-takes-paths",
                            "asks fcntl(2) whether it is open",
                            AlteredProvider.poll().on(ProbesNothing::new).with(ChecksFirst::new))
                    .fails("FD-21", "InvalidDescriptor to be thrown"),
            mutant(
                            "register-half-done",
                            "is in the table when it fails",
                            AlteredProvider.poll().on(ProbesNothing::new).with(ChecksAfterwards::new))
                    .fails("FD-21", "the loop sleeps"),
            overEPoll("files-refused", "EPERM is a failure", good -> new ForwardingPoller(good) {
                        @Override
                        public Registration register(Watch watch, int interest) throws IOException {
                            if (super.register(watch, interest) == Registration.ALWAYS_READY) {
                                throw new IOException("EPERM");
                            }
                            return Registration.WATCHED;
                        }
                    })
                    .fails("FD-23", "can't be watched"),
            overEPoll("files-kept", "polls files itself, and never forgets one", KeepsFiles::new)
                    .fails("FD-36", "after removeAll: the loop sleeps"),
            overEPoll("current-always", "never asks the kernel who has the number", good -> new ForwardingPoller(good) {
                        @Override
                        public boolean isCurrent(Watch watch) {
                            return true;
                        }
                    })
                    .fails("FD-06", "DescriptorInUse")
                    .fails("FD-18", "DescriptorInUse"),
            overEPoll("current-never", "takes everybody for gone", good -> new ForwardingPoller(good) {
                        @Override
                        public boolean isCurrent(Watch watch) {
                            return false;
                        }
                    })
                    .fails("FD-06", "DescriptorInUse to be thrown"),
            overEPoll(
                            "interest-of-the-slot",
                            "what the slot's last registration wanted is wanted still",
                            KeepsBits::new)
                    .fails("FD-31", "the loop sleeps"),
            overEPoll("numbers-end-at-1024", "as those of select(2) do", good -> new BookkeepingPoller(good) {
                        @Override
                        protected int retell(Entry entry, int events) {
                            return entry.watch().fd() < 1024 ? events : 0;
                        }
                    })
                    .fails("FD-25", "doRead"),
            overEPoll("rebuild-missing", "what outlives its number stays", good -> new ForwardingPoller(good) {
                        @Override
                        public boolean rebuild() {
                            return false;
                        }
                    })
                    .fails("FD-20", "the loop sleeps"),
            overEPoll("rebuild-unsaid", "makes a new set, and says it didn't", good -> new ForwardingPoller(good) {
                        @Override
                        public boolean rebuild() throws IOException {
                            good.rebuild();
                            return false;
                        }
                    })
                    .fails("FD-20", "is told"),
            overEPoll("rebuild-loses-the-waker", "the new set has no waker", good -> new ForwardingPoller(good) {
                        private volatile boolean lost;

                        @Override
                        public boolean rebuild() throws IOException {
                            lost = true;
                            return good.rebuild();
                        }

                        @Override
                        public void wakeup() {
                            if (!lost) {
                                good.wakeup();
                            }
                        }
                    })
                    .fails("FD-20", "hangs"));

    private WrongRegistrations() {}

    private static final class DeregistersLate extends ForwardingPoller {
        private final List<Watch> leaving = new ArrayList<>();

        DeregistersLate(Poller good) {
            super(good);
        }

        @Override
        public void deregister(Watch watch) {
            leaving.add(watch);
        }

        @Override
        public int poll(long timeoutNanos, ReadySink sink) throws IOException {
            leaving.forEach(good::deregister);
            leaving.clear();
            return super.poll(timeoutNanos, sink);
        }
    }

    private static final class KeepsBits extends ForwardingPoller {
        private final Map<Integer, Integer> interestOfSlot = new HashMap<>();

        KeepsBits(Poller good) {
            super(good);
        }

        @Override
        public Registration register(Watch watch, int interest) throws IOException {
            return super.register(watch, interest | interestOfSlot.getOrDefault(watch.slot(), 0));
        }

        @Override
        public boolean modify(Watch watch, int interest) throws IOException {
            interestOfSlot.put(watch.slot(), interest);
            return super.modify(watch, interest);
        }
    }

    private static final class KeepsFiles extends ForwardingPoller {
        private final List<Watch> files = new ArrayList<>();

        KeepsFiles(Poller good) {
            super(good);
        }

        @Override
        public Registration register(Watch watch, int interest) throws IOException {
            if (super.register(watch, interest) == Registration.ALWAYS_READY) {
                files.add(watch);
            }
            return Registration.WATCHED;
        }

        @Override
        public boolean modify(Watch watch, int interest) throws IOException {
            return files.contains(watch) || super.modify(watch, interest);
        }

        @Override
        public int poll(long timeoutNanos, ReadySink sink) throws IOException {
            files.forEach(watch -> sink.ready(watch.token(), Ready.READ | Ready.WRITE));
            return super.poll(files.isEmpty() ? timeoutNanos : 0, sink);
        }
    }

    /** The kernel's EEXIST is final: what is tried instead has it for an answer, too. */
    private static final class RefusesExisting extends ForwardingLibc {
        private boolean existing;

        RefusesExisting(Libc real) {
            super(real);
        }

        @Override
        protected int on(String name, IntSupplier call) {
            return call.getAsInt();
        }

        @Override
        public int epollCtl(int epfd, int operation, int fd, long event) {
            int result = existing ? -Errno.EEXIST : super.epollCtl(epfd, operation, fd, event);
            existing = !existing && result == -Errno.EEXIST;
            return result;
        }
    }

    /** To ask about one number without waiting, as {@code register} does, finds nothing. */
    private static final class ProbesNothing extends ForwardingLibc {
        ProbesNothing(Libc real) {
            super(real);
        }

        @Override
        protected int on(String name, IntSupplier call) {
            return call.getAsInt();
        }

        @Override
        public int poll(long pollfds, int count, int timeoutMillis) {
            return count == 1 && timeoutMillis == 0 ? 0 : super.poll(pollfds, count, timeoutMillis);
        }
    }

    private static final class ChecksFirst extends ForwardingPoller {
        ChecksFirst(Poller good) {
            super(good);
        }

        @Override
        public Registration register(Watch watch, int interest) throws IOException {
            checkOpen(watch);
            return super.register(watch, interest);
        }
    }

    private static final class ChecksAfterwards extends ForwardingPoller {
        ChecksAfterwards(Poller good) {
            super(good);
        }

        @Override
        public Registration register(Watch watch, int interest) throws IOException {
            Registration registration = super.register(watch, interest);
            if ((checkOpen(watch) & Linux.O_PATH) != 0) {
                throw new IOException("O_PATH");
            }
            return registration;
        }
    }

    private static int checkOpen(Watch watch) throws IOException {
        return Errno.check(NativeAccess.libc().fcntl(watch.fd(), Linux.F_GETFL, 0), "fcntl");
    }
}
