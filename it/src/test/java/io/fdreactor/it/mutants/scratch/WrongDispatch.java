// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.ConnectionDone;
import io.fdreactor.FileDescriptor;
import io.fdreactor.HalfCloseableDescriptor;
import io.fdreactor.WriteDescriptor;
import io.fdreactor.it.mutants.Mutant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Wrong ways to call who is ready. */
final class WrongDispatch {
    static final List<Mutant> ALL = List.of(
            // ---- who is ready
            dispatch("keeps-selected-keys", "doesn't take away what it was told", loop -> new Dispatcher(loop) {
                        private final Set<Registration> selected = new LinkedHashSet<>();

                        @Override
                        List<Registration> ready() {
                            selected.addAll(super.ready());
                            return new ArrayList<>(selected);
                        }
                    })
                    .fails("FD-01", "when all is read")
                    .fails("FD-02", "while there is no room"),
            dispatch("calls-on-edges", "calls whoever becomes ready", loop -> new Dispatcher(loop) {
                        private List<Registration> before = List.of();

                        @Override
                        List<Registration> ready() {
                            List<Registration> ready = super.ready();
                            List<Registration> fresh = new ArrayList<>(ready);
                            fresh.removeAll(before);
                            before = ready;
                            return fresh;
                        }
                    })
                    .fails("FD-01", "is told [doRead, doRead, doRead]")
                    .fails("FD-02", "is told [doWrite, doWrite, doWrite]"),
            dispatch("several-calls-a-turn", "calls a reader until it is content", loop -> new Dispatcher(loop) {
                        @Override
                        void call(FileDescriptor descriptor, Direction direction) {
                            for (int i = 0;
                                    i < 16 && descriptors.table(direction).containsKey(descriptor);
                                    i++) {
                                super.call(descriptor, direction);
                            }
                        }
                    })
                    .fails("FD-01", "is told [doRead, doRead, doRead]; seen:"),
            dispatch("one-shot-writer", "asks a writer once", loop -> new Dispatcher(loop) {
                        @Override
                        void call(FileDescriptor descriptor, Direction direction) {
                            if (direction == Direction.WRITING) {
                                descriptors.remove(descriptor, direction);
                            }
                            super.call(descriptor, direction);
                        }
                    })
                    .fails("FD-02", "is told [doWrite, doWrite, doWrite]"),
            WrongReactors.mutant(
                            "connect-not-asked",
                            "forgets that a channel may be connecting",
                            parts -> parts.descriptors = loop -> new Descriptors(loop) {
                                @Override
                                Registration newRegistration(SelectableChannel channel, SelectionKey key) {
                                    return new Registration(channel, key) {
                                        @Override
                                        int wanted() {
                                            return super.wanted() & ~SelectionKey.OP_CONNECT;
                                        }
                                    };
                                }
                            })
                    .fails("FD-02", "the connection is told as room for output"),
            dispatch("silence-is-the-end", "loses who isn't ready any more when called", loop -> new Dispatcher(loop) {
                        @Override
                        void call(FileDescriptor descriptor, Direction direction) {
                            SelectableChannel channel = descriptor.channel();
                            if (channel != null && isReadyNow(channel, direction)) {
                                super.call(descriptor, direction);
                            } else {
                                descriptors.loseNow(descriptor, ConnectionDone.INSTANCE);
                            }
                        }
                    })
                    .fails("FD-29", "isn't lost"),
            // ---- in which order, and who not
            dispatch("writes-first", "calls the writer before the reader", loop -> new Dispatcher(loop) {
                        @Override
                        void deliver(Registration registration) {
                            deliver(registration, Direction.WRITING);
                            deliver(registration, Direction.READING);
                        }
                    })
                    .fails("FD-09", "is told [doRead, doWrite, doRead, doWrite]"),
            dispatch("writer-looked-up-early", "takes the writer out before it reads", loop -> new Dispatcher(loop) {
                        @Override
                        void deliver(Registration registration) {
                            FileDescriptor writer = registration.at(Direction.WRITING);
                            boolean writes = writer != null && isReady(registration, Direction.WRITING);
                            deliver(registration, Direction.READING);
                            if (writes) {
                                call(writer, Direction.WRITING);
                            }
                        }
                    })
                    .fails("FD-09", "is told [doRead, doRead]"),
            dispatch("calls-unasked", "has whoever can write do so", loop -> new Dispatcher(loop) {
                        @Override
                        void call(FileDescriptor descriptor, Direction direction) {
                            super.call(descriptor, direction);
                            if (direction == Direction.READING && descriptor instanceof WriteDescriptor) {
                                super.call(descriptor, Direction.WRITING);
                            }
                        }
                    })
                    .fails("FD-10", "is told [doRead, doRead]"),
            dispatch("no-second-look", "makes up its mind before the first call", loop -> new Dispatcher(loop) {
                        @Override
                        void dispatch() {
                            List<Runnable> calls = new ArrayList<>();
                            for (Registration each : batch(ready())) {
                                for (Direction direction : Direction.values()) {
                                    FileDescriptor descriptor = each.at(direction);
                                    if (descriptor != null && isReady(each, direction)) {
                                        calls.add(() -> call(descriptor, direction));
                                    }
                                }
                            }
                            calls.forEach(Runnable::run);
                        }
                    })
                    .fails("FD-07", "the first removes the second before it is called")
                    .fails("FD-08", "expected: one callback")
                    .fails("FD-12", "none after it has removed all"),
            dispatch("added-is-called-at-once", "doesn't ask since when", loop -> new Dispatcher(loop) {
                        @Override
                        boolean isNew(Registration registration, Direction direction) {
                            return false;
                        }
                    })
                    .fails("FD-08", "in the turn in which it was added again"),
            dispatch("iterates-the-living-set", "goes through the table itself", loop -> new Dispatcher(loop) {
                        @Override
                        void dispatch() {
                            ready();
                            for (Registration each :
                                    descriptors.table(Direction.READING).values()) {
                                deliver(each);
                                each.ready = 0;
                            }
                        }
                    })
                    .fails("FD-08", "ConcurrentModificationException"),
            WrongReactors.mutant("slot-without-generation", "takes an event for whoever has the slot by now", parts -> {
                        parts.descriptors = Slots::new;
                        parts.dispatcher = loop -> new Dispatcher(loop) {
                            @Override
                            void deliver(Registration registration) {
                                Registration owner = ((Slots) descriptors).owner(registration);
                                owner.ready = registration.ready;
                                super.deliver(owner);
                            }

                            @Override
                            boolean isNew(Registration registration, Direction direction) {
                                return false;
                            }
                        };
                    })
                    .fails("FD-19", "one callback, which replaces the other's file"),
            // ---- what callbacks throw
            dispatch("logs-only", "reports an exception and goes on", loop -> new Dispatcher(loop) {
                        @Override
                        void failed(FileDescriptor descriptor, Direction direction, Throwable thrown) {
                            loop.callbacks.report(thrown, direction.method, descriptor);
                        }
                    })
                    .fails("FD-16", "lost IOException"),
            dispatch("lets-errors-out", "catches what is declared only", loop -> new Dispatcher(loop) {
                        @Override
                        void failed(FileDescriptor descriptor, Direction direction, Throwable thrown) {
                            if (thrown instanceof RuntimeException e) {
                                throw e;
                            }
                            super.failed(descriptor, direction, thrown);
                        }
                    })
                    .fails("FD-16", "unexpected: java.lang.IllegalStateException"),
            dispatch("catches-exceptions-only", "lets an Error end the loop", loop -> new Dispatcher(loop) {
                        @Override
                        void failed(FileDescriptor descriptor, Direction direction, Throwable thrown) {
                            if (thrown instanceof Error e) {
                                throw e;
                            }
                            super.failed(descriptor, direction, thrown);
                        }
                    })
                    .fails("FD-16", "a test's"),
            dispatch("one-try-for-the-batch", "ends the batch with the first that fails", loop -> new Dispatcher(loop) {
                        @Override
                        void dispatch() {
                            for (Registration each : batch(ready())) {
                                FileDescriptor reader = each.at(Direction.READING);
                                deliver(each);
                                if (reader != null && each.at(Direction.READING) == null) {
                                    break;
                                }
                            }
                        }
                    })
                    .fails("FD-16", "is told"),
            dispatch("handler-not-told", "keeps a callback's bug to itself", loop -> new Dispatcher(loop) {
                        @Override
                        void failed(FileDescriptor descriptor, Direction direction, Throwable thrown) {
                            descriptors.loseNow(descriptor, thrown);
                        }
                    })
                    .fails("FD-16", "the exception handler gets one"),
            dispatch("handler-told-of-all", "reports the end of each connection", loop -> new Dispatcher(loop) {
                        @Override
                        void failed(FileDescriptor descriptor, Direction direction, Throwable thrown) {
                            if (thrown instanceof IOException) {
                                loop.callbacks.report(thrown, direction.method, descriptor);
                            }
                            super.failed(descriptor, direction, thrown);
                        }
                    })
                    .fails("FD-16", "an IOException is no news"),
            dispatch("errors-are-clean-ends", "gives every end the same reason", loop -> new Dispatcher(loop) {
                        @Override
                        void failed(FileDescriptor descriptor, Direction direction, Throwable thrown) {
                            super.failed(
                                    descriptor,
                                    direction,
                                    thrown instanceof IOException ? ConnectionDone.INSTANCE : thrown);
                        }
                    })
                    .fails("FD-13", "an abort is no clean end")
                    .fails("FD-16", "is told [doRead, lost IOException]"),
            dispatch("broken-pipe-passed-over", "waits for room after a failed write", loop -> new Dispatcher(loop) {
                        @Override
                        void failed(FileDescriptor descriptor, Direction direction, Throwable thrown) {
                            if (direction == Direction.READING || !(thrown instanceof IOException)) {
                                super.failed(descriptor, direction, thrown);
                            }
                        }
                    })
                    .fails("FD-15", "the writer is lost"),
            dispatch("no-half-ends", "ends both halves at the end of the input", loop -> new Dispatcher(loop) {
                        @Override
                        boolean isHalfAnEnd(Direction direction, Throwable thrown) {
                            return false;
                        }
                    })
                    .fails("FD-14", "the end of the input is told"),
            dispatch("every-end-is-half", "keeps a half-closeable whatever happens", loop -> new Dispatcher(loop) {
                        @Override
                        boolean isHalfAnEnd(Direction direction, Throwable thrown) {
                            return true;
                        }
                    })
                    .fails("FD-14", "is told [doRead, lost ConnectionLost]"),
            dispatch("half-loss-unguarded", "lets out what readConnectionLost throws", loop -> new Dispatcher(loop) {
                        @Override
                        void tellHalf(HalfCloseableDescriptor descriptor, Throwable reason) {
                            descriptor.readConnectionLost(reason);
                        }
                    })
                    .fails("FD-14", "unexpected: java.lang.IllegalStateException"),
            dispatch("half-loss-reported-only", "keeps who failed when its input ended", loop -> new Dispatcher(loop) {
                        @Override
                        void tellHalf(HalfCloseableDescriptor descriptor, Throwable reason) {
                            loop.callbacks.run(
                                    () -> descriptor.readConnectionLost(reason), "readConnectionLost", descriptor);
                        }
                    })
                    .fails("FD-14", "lost IllegalStateException"),
            dispatch("ends-the-other-object-too", "ends whoever shares the file", loop -> new Dispatcher(loop) {
                        @Override
                        void failed(FileDescriptor descriptor, Direction direction, Throwable thrown) {
                            Registration registration = descriptors.registrationOf(descriptor);
                            super.failed(descriptor, direction, thrown);
                            FileDescriptor other = registration == null ? null : registration.at(Direction.WRITING);
                            if (other != null && other != descriptor) {
                                descriptors.loseNow(other, thrown);
                            }
                        }
                    })
                    .fails("FD-14", "[writer] is told [doWrite, doWrite]"),
            // ---- batches
            dispatch("first-come-first-served", "begins at the same end each time", loop -> new Dispatcher(loop) {
                        @Override
                        List<Registration> batch(List<Registration> ready) {
                            ready.forEach(each -> each.served = 0);
                            return super.batch(ready);
                        }
                    })
                    .fails("FD-26", "is called within 8 turns"),
            dispatch("disarms-who-is-cut-off", "arms again only who was called", loop -> new Dispatcher(loop) {
                        @Override
                        List<Registration> batch(List<Registration> ready) {
                            ready.forEach(each -> each.key.interestOps(0));
                            return super.batch(ready);
                        }

                        @Override
                        void deliver(Registration registration) {
                            super.deliver(registration);
                            registration.watch();
                        }
                    })
                    .fails("FD-26", "is called within 8 turns")
                    .fails("FD-37", "hangs"));

    private WrongDispatch() {}

    private static Mutant dispatch(String name, String mistake, Function<Loop, Dispatcher> wrong) {
        return WrongReactors.mutant(name, mistake, parts -> parts.dispatcher = wrong);
    }

    private static boolean isReadyNow(SelectableChannel channel, Direction direction) {
        try (Selector selector = Selector.open()) {
            channel.register(selector, direction.operations & channel.validOps());
            return selector.selectNow() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A table without gaps: the last place to become free is the first to be taken. */
    private static final class Slots extends Descriptors {
        private final Map<Registration, Registration> heirs = new IdentityHashMap<>();
        private @Nullable Registration freed;

        Slots(Loop loop) {
            super(loop);
        }

        @Override
        void remove(FileDescriptor descriptor, Direction direction) {
            Registration registration = table(direction).get(descriptor);
            super.remove(descriptor, direction);
            if (registration != null && !registration.isWanted()) {
                freed = registration;
            }
        }

        @Override
        Registration newRegistration(SelectableChannel channel, SelectionKey key) {
            Registration made = super.newRegistration(channel, key);
            if (freed != null) {
                heirs.put(freed, made);
                freed = null;
            }
            return made;
        }

        Registration owner(Registration slot) {
            return heirs.getOrDefault(slot, slot);
        }
    }
}
