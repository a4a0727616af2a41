// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.ConnectionLost;
import io.fdreactor.FileDescriptor;
import io.fdreactor.InvalidDescriptor;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.it.mutants.Mutant;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Wrong ways to keep who is watched. */
final class WrongDescriptors {
    private static final Map<SelectableChannel, Registration> EVERYBODYS =
            Collections.synchronizedMap(new IdentityHashMap<>());

    static final List<Mutant> ALL = List.of(
            // ---- adding and removing
            reactor("counts-adds", "wants as many removals as there were adds", loop -> new ScratchReactor(loop) {
                        private int adds;

                        @Override
                        public void addReader(ReadDescriptor reader) {
                            super.addReader(reader);
                            adds++;
                        }

                        @Override
                        public void removeReader(ReadDescriptor reader) {
                            if (--adds <= 0) {
                                super.removeReader(reader);
                            }
                        }
                    })
                    .fails("FD-03", "when each direction was removed once"),
            reactor(
                            "unknown-removal-throws",
                            "raises an exception for what isn't there",
                            loop -> new ScratchReactor(loop) {
                                @Override
                                public void removeReader(ReadDescriptor reader) {
                                    if (!getReaders().contains(reader)) {
                                        throw new IllegalArgumentException("not registered: [" + reader + "]");
                                    }
                                    super.removeReader(reader);
                                }
                            })
                    .fails("FD-04", "not registered"),
            reactor("removal-takes-both", "has one flag for both directions", loop -> new ScratchReactor(loop) {
                        @Override
                        public void removeReader(ReadDescriptor reader) {
                            loop.descriptors.removeBoth(reader);
                        }
                    })
                    .fails("FD-04", "after its reading, which wasn't there, was removed")
                    .fails("FD-05", "is told")
                    .fails("FD-07", "after its reader's removal"),
            table("new-direction-drops-old", "asks for the direction added last only", loop -> new Descriptors(loop) {
                        @Override
                        void put(Registration registration, Direction direction, FileDescriptor descriptor) {
                            super.put(registration, direction, descriptor);
                            registration.key.interestOps(direction.operations & registration.channel.validOps());
                        }
                    })
                    .fails("FD-05", "is told [doRead, doWrite]"),
            table("second-object-ignored", "passes over a second reader of a file", loop -> new Descriptors(loop) {
                        @Override
                        void add(FileDescriptor descriptor, Direction direction) {
                            Registration taken = existing(descriptor.channel());
                            if (taken == null || taken.at(direction) == null) {
                                super.add(descriptor, direction);
                            }
                        }
                    })
                    .fails("FD-06", "DescriptorInUse"),
            table("second-object-replaces", "gives a file to whoever comes last", loop -> new Descriptors(loop) {
                        @Override
                        void claim(Registration registration, Direction direction, FileDescriptor descriptor) {
                            FileDescriptor first = registration.at(direction);
                            if (first != null && first != descriptor) {
                                remove(first, direction);
                            }
                        }
                    })
                    .fails("FD-06", "DescriptorInUse"),
            table("removal-by-channel", "removes whoever has the channel", loop -> new Descriptors(loop) {
                        @Override
                        void remove(FileDescriptor descriptor, Direction direction) {
                            Registration registration = existing(descriptor.channel());
                            FileDescriptor found = registration == null ? null : registration.at(direction);
                            super.remove(found == null ? descriptor : found, direction);
                        }
                    })
                    .fails("FD-06", "after the second was refused and removed"),
            table("move-forgotten", "doesn't ask a known object where it is", loop -> new Descriptors(loop) {
                        @Override
                        void add(FileDescriptor descriptor, Direction direction) {
                            if (!table(direction).containsKey(descriptor)) {
                                super.add(descriptor, direction);
                            }
                        }
                    })
                    .fails("FD-06", "while only the file it had has input"),
            table("removal-not-passed-on", "forgets, and lets the Selector go on", loop -> new Descriptors(loop) {
                        @Override
                        void remove(FileDescriptor descriptor, Direction direction) {
                            Registration registration = table(direction).remove(descriptor);
                            if (registration != null) {
                                registration.set(direction, null, turn());
                            }
                        }
                    })
                    .fails("FD-31", "the loop sleeps")
                    .fails("FD-36", "the loop sleeps"),
            // ---- asking
            reactor("live-list", "shows a view of its readers", loop -> new ScratchReactor(loop) {
                        @Override
                        public List<ReadDescriptor> getReaders() {
                            return new AbstractList<>() {
                                @Override
                                public ReadDescriptor get(int index) {
                                    return (ReadDescriptor) loop.descriptors
                                            .snapshot(Direction.READING)
                                            .get(index);
                                }

                                @Override
                                public int size() {
                                    return loop.descriptors
                                            .table(Direction.READING)
                                            .size();
                                }
                            };
                        }
                    })
                    .fails("FD-11", "the snapshot taken before a removal"),
            reactor("mutable-list", "hands out a list that can be changed", loop -> new ScratchReactor(loop) {
                        @Override
                        public List<ReadDescriptor> getReaders() {
                            return new ArrayList<>(super.getReaders());
                        }
                    })
                    .fails("FD-11", "an immutable list"),
            reactor("shows-its-waker", "shows a descriptor of its own", loop -> new ScratchReactor(loop) {
                        private final ReadDescriptor waker = new Waker();

                        @Override
                        public List<ReadDescriptor> getReaders() {
                            List<ReadDescriptor> all = new ArrayList<>(super.getReaders());
                            all.add(waker);
                            return List.copyOf(all);
                        }
                    })
                    .fails("FD-11", "the reactor's own descriptors aren't shown"),
            // ---- removing all
            table("remove-all-keeps-writers", "removes readers only", loop -> new Descriptors(loop) {
                        @Override
                        List<FileDescriptor> removeAll() {
                            List<FileDescriptor> readers = snapshot(Direction.READING);
                            readers.forEach(this::removeBoth);
                            return readers;
                        }
                    })
                    .fails("FD-12", "expected removed")
                    .fails("FD-36", "the loop sleeps"),
            table("remove-all-answers-twice", "puts readers and writers together", loop -> new Descriptors(loop) {
                        @Override
                        List<FileDescriptor> removeAll() {
                            List<FileDescriptor> all = new ArrayList<>(snapshot(Direction.READING));
                            all.addAll(snapshot(Direction.WRITING));
                            all.forEach(this::removeBoth);
                            return all;
                        }
                    })
                    .fails("FD-12", "expected removed"),
            table("remove-all-answers-again", "remembers whom it has removed", loop -> new Descriptors(loop) {
                        private List<FileDescriptor> last = List.of();

                        @Override
                        List<FileDescriptor> removeAll() {
                            List<FileDescriptor> all = super.removeAll();
                            last = all.isEmpty() ? last : all;
                            return last;
                        }
                    })
                    .fails("FD-12", "removed by a second call"),
            table("remove-all-tells", "loses whom it removes", loop -> new Descriptors(loop) {
                        @Override
                        List<FileDescriptor> removeAll() {
                            List<FileDescriptor> all = super.removeAll();
                            all.forEach(each -> loseLater(each, ConnectionLost.INSTANCE));
                            return all;
                        }
                    })
                    .fails("FD-12", "nobody is told anything"),
            // ---- what can't be watched
            table("table-before-kernel", "changes a table before it asks the Selector", loop -> new Descriptors(loop) {
                        private final Set<FileDescriptor> readers = Collections.newSetFromMap(new IdentityHashMap<>());

                        @Override
                        void add(FileDescriptor descriptor, Direction direction) {
                            if (direction == Direction.READING) {
                                readers.add(descriptor);
                            }
                            super.add(descriptor, direction);
                        }

                        @Override
                        void remove(FileDescriptor descriptor, Direction direction) {
                            super.remove(descriptor, direction);
                            if (direction == Direction.READING) {
                                readers.remove(descriptor);
                            }
                        }

                        @Override
                        List<FileDescriptor> snapshot(Direction direction) {
                            return direction == Direction.READING ? List.copyOf(readers) : super.snapshot(direction);
                        }
                    })
                    .fails("FD-21", "readers after a refusal")
                    .fails("FD-27", "readers after a refusal")
                    .fails("FD-34", "expected readers")
                    .fails("SPI-05", "expected"),
            table("closed-is-passed-over", "does nothing about a closed channel", loop -> new Descriptors(loop) {
                        @Override
                        void add(FileDescriptor descriptor, Direction direction) {
                            if (channelOf(descriptor, direction).isOpen()) {
                                super.add(descriptor, direction);
                            }
                        }
                    })
                    .fails("FD-21", "InvalidDescriptor")
                    .fails("FD-17", "lost ConnectionFdescWentAway")
                    .fails("FD-22", "lost ConnectionFdescWentAway"),
            table("refuses-numbers-as-closed", "takes a number for a closed channel", loop -> new Descriptors(loop) {
                        @Override
                        SelectableChannel channelOf(FileDescriptor descriptor, Direction direction) {
                            if (descriptor.channel() == null) {
                                throw new InvalidDescriptor("[" + descriptor + "] has no channel", null);
                            }
                            return super.channelOf(descriptor, direction);
                        }
                    })
                    .fails("FD-27", "DescriptorRefused"),
            table("priority-as-reader", "takes a priority descriptor for a reader", loop -> new Descriptors(loop) {
                        @Override
                        SelectableChannel channelOf(FileDescriptor descriptor, Direction direction) {
                            return super.channelOf(descriptor, Direction.WRITING);
                        }
                    })
                    .fails("SPI-05", "DescriptorRefused"),
            table("number-never-asked", "hides what a descriptor says of its number", loop -> new Descriptors(loop) {
                        @Override
                        int fileno(FileDescriptor descriptor) {
                            try {
                                return super.fileno(descriptor);
                            } catch (RuntimeException e) {
                                return -1;
                            }
                        }
                    })
                    .fails("FD-34", "IllegalStateException"),
            table("number-asked-by-removal", "looks a descriptor up by its number", loop -> new Descriptors(loop) {
                        @Override
                        void remove(FileDescriptor descriptor, Direction direction) {
                            fileno(descriptor);
                            super.remove(descriptor, direction);
                        }
                    })
                    .fails("FD-17", "must not be asked"),
            table("closed-removal-throws", "can't remove what is closed", loop -> new Descriptors(loop) {
                        @Override
                        void remove(FileDescriptor descriptor, Direction direction) {
                            Registration registration = table(direction).get(descriptor);
                            if (registration != null) {
                                registration.key.interestOps(registration.key.interestOps() & ~direction.operations);
                            }
                            super.remove(descriptor, direction);
                        }
                    })
                    .fails("FD-33", "CancelledKeyException")
                    .fails("FD-17", "CancelledKeyException"),
            table("first-thousand-only", "has a table of a fixed size", loop -> new Descriptors(loop) {
                        @Override
                        void put(Registration registration, Direction direction, FileDescriptor descriptor) {
                            super.put(registration, direction, descriptor);
                            if (table(direction).size() > 1024) {
                                registration.key.interestOps(0);
                            }
                        }
                    })
                    .fails("FD-25", "doRead"),
            table("one-table-for-all", "keeps what all reactors watch in one table", loop -> new Descriptors(loop) {
                        @Override
                        @Nullable
                        Registration existing(@Nullable SelectableChannel channel) {
                            return EVERYBODYS.get(channel);
                        }

                        @Override
                        Registration newRegistration(SelectableChannel channel, SelectionKey key) {
                            Registration made = super.newRegistration(channel, key);
                            EVERYBODYS.put(channel, made);
                            return made;
                        }
                    })
                    .fails("FD-28", "by the second reactor"),
            // ---- losing
            table("loses-inside-the-add", "tells a loss from inside the owner's call", loop -> new Descriptors(loop) {
                        @Override
                        void loseLater(FileDescriptor descriptor, Throwable reason) {
                            super.loseLater(descriptor, reason);
                            tellLosses();
                        }
                    })
                    .fails("FD-17", "inside its own call"),
            table("told-while-registered", "tells a loss, then removes who is lost", loop -> new Descriptors(loop) {
                        @Override
                        void loseNow(FileDescriptor descriptor, Throwable reason) {
                            tell(descriptor, reason);
                            removeBoth(descriptor);
                        }
                    })
                    .fails("FD-35", "inside connectionLost"),
            table("lost-once-a-direction", "tells a loss for each direction", loop -> new Descriptors(loop) {
                        @Override
                        void loseNow(FileDescriptor descriptor, Throwable reason) {
                            for (Direction direction : Direction.values()) {
                                if (table(direction).containsKey(descriptor)) {
                                    remove(descriptor, direction);
                                    tell(descriptor, reason);
                                }
                            }
                        }
                    })
                    .fails("FD-14", "lost ConnectionDone, lost ConnectionDone")
                    .fails("FD-16", "lost IOException, lost IOException"),
            table("lost-for-one-direction", "removes the direction that failed only", loop -> new Descriptors(loop) {
                        @Override
                        void loseNow(FileDescriptor descriptor, Throwable reason) {
                            remove(descriptor, Direction.READING);
                            tell(descriptor, reason);
                        }
                    })
                    .fails("FD-14", "is told [doRead, lost ConnectionDone]")
                    .fails("FD-35", "writers inside connectionLost"),
            table("unregistered-is-not-told", "tells only who is registered", loop -> new Descriptors(loop) {
                        @Override
                        void loseNow(FileDescriptor descriptor, Throwable reason) {
                            if (registrationOf(descriptor) != null) {
                                super.loseNow(descriptor, reason);
                            }
                        }
                    })
                    .fails("FD-16", "is told [doRead, lost IOException]"),
            table("loss-unguarded", "lets out what connectionLost throws", loop -> new Descriptors(loop) {
                        @Override
                        void tell(FileDescriptor descriptor, Throwable reason) {
                            descriptor.connectionLost(reason);
                        }
                    })
                    .fails("FD-35", "unexpected: java.lang.IllegalStateException")
                    .fails("CORE-06", "IllegalStateException"));

    private WrongDescriptors() {}

    private static Mutant table(String name, String mistake, Function<Loop, Descriptors> wrong) {
        return WrongReactors.mutant(name, mistake, parts -> parts.descriptors = wrong);
    }

    private static Mutant reactor(String name, String mistake, Function<Loop, ScratchReactor> wrong) {
        return WrongReactors.mutant(name, mistake, parts -> parts.reactor = wrong);
    }

    /** What a reactor of another kind watches to be woken. */
    private static final class Waker implements ReadDescriptor {
        @Override
        public int fileno() {
            return -1;
        }

        @Override
        public void doRead() {}

        @Override
        public void connectionLost(Throwable reason) {}
    }
}
