// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.ReactorConfig;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.it.mutants.Mutant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Wrong ideas of whose a reactor is, and of how the process ends. */
final class WrongOwners {
    static final List<Mutant> ALL = mutants();

    private WrongOwners() {}

    private static List<Mutant> mutants() {
        return List.of(
                owner("anybodys", "lets any thread do anything", () -> new Owner() {
                            @Override
                            synchronized void checkThread() {}
                        })
                        .fails("CORE-10", "in another thread: WrongThread"),
                reactor(
                                "changes-then-checks",
                                "looks at the thread when it is too late",
                                loop -> new ScratchReactor(loop) {
                                    @Override
                                    public void removeReader(ReadDescriptor reader) {
                                        loop.descriptors.remove(reader, Direction.READING);
                                        super.removeReader(reader);
                                    }
                                })
                        .fails("CORE-10", "expected readers"),
                WrongReactors.mutant(
                                "anybodys-calls",
                                "lets any thread change a delayed call",
                                parts -> parts.timers = loop -> new Timers(loop) {
                                    @Override
                                    void checkThread() {}
                                })
                        .fails("CORE-10", "of DelayedCall.cancel in another thread"),
                owner("openers-for-ever", "is run by its opener only", () -> new Owner() {
                            @Override
                            synchronized void enter() {
                                check();
                                super.enter();
                            }
                        })
                        .fails("CORE-10", "WrongThread"),
                owner("runners-for-ever", "stays with whoever ran it", () -> new Owner() {
                            @Override
                            synchronized void leave(boolean free) {
                                super.leave(false);
                            }
                        })
                        .fails("CORE-10", "unexpected: io.fdreactor.WrongThread"),
                owner("re-entered", "turns inside a turn", () -> new Owner() {
                            @Override
                            synchronized void enter() {
                                if (driver() != Thread.currentThread()) {
                                    super.enter();
                                }
                            }
                        })
                        .fails("CORE-02", "ReactorAlreadyRunning"),
                owner("lives-on", "works on after its end", () -> new Owner() {
                            @Override
                            synchronized void check() {
                                checkThread();
                            }
                        })
                        .fails("CORE-11", "after the end: ReactorClosed"),
                loop(
                                "closes-itself",
                                "takes a close in a callback for a stop",
                                (config, parts) -> new Loop(config, parts) {
                                    @Override
                                    void close() {
                                        if (owner.driver() == Thread.currentThread()) {
                                            stop();
                                        } else {
                                            super.close();
                                        }
                                    }
                                })
                        .fails("CORE-10", "WrongThread"),
                WrongReactors.mutant("deaf", "hears nothing of the JVM's end", new WrongHooks.Deaf())
                        .fails("CORE-09", "the whole shutdown"),
                WrongReactors.mutant("hasty-hook", "asks for a stop and lets the JVM end", new WrongHooks.Hasty())
                        .fails("CORE-09", "the whole shutdown"),
                WrongReactors.mutant("joining-hook", "waits for a thread that waits for it", new WrongHooks.Joining())
                        .fails("CORE-09", "hangs"),
                WrongReactors.mutant("patient-hook", "waits for the end as long as it takes", new WrongHooks.Patient())
                        .fails("CORE-09", "hangs"),
                owner("drives-on-virtual-threads", "holds a carrier for ever", () -> new Owner() {
                            @Override
                            boolean isVirtual(Thread thread) {
                                return false;
                            }
                        })
                        .fails("CORE-10", "whose carrier the wait would hold")
                        .since(21));
    }

    private static Mutant owner(String name, String mistake, Supplier<Owner> wrong) {
        return WrongReactors.mutant(name, mistake, parts -> parts.owner = wrong);
    }

    private static Mutant reactor(String name, String mistake, Function<Loop, ScratchReactor> wrong) {
        return WrongReactors.mutant(name, mistake, parts -> parts.reactor = wrong);
    }

    private static Mutant loop(String name, String mistake, BiFunction<ReactorConfig, Parts, Loop> wrong) {
        return WrongReactors.mutant(name, mistake, parts -> parts.loop = wrong);
    }
}
