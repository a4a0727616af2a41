// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Wrong ways to hear of the JVM's end, with providers that a process of its own can make. */
public final class WrongHooks {
    private WrongHooks() {}

    private static Parts hook(Function<Loop, JvmEnd> wrong) {
        Parts parts = new Parts();
        parts.jvmEnd = wrong;
        return parts;
    }

    /** Installs no hook. */
    public static final class Deaf extends ScratchReactorProvider {
        /** As the contract has it made. */
        public Deaf() {
            super(hook(loop -> new JvmEnd(loop) {
                @Override
                void install() {}
            }));
        }
    }

    /** Doesn't wait. */
    public static final class Hasty extends ScratchReactorProvider {
        /** As the contract has it made. */
        public Hasty() {
            super(hook(loop -> new JvmEnd(loop) {
                @Override
                void end(Loop target, long patienceNanos) {
                    target.askToStop();
                }
            }));
        }
    }

    /** Waits for the driver, which may wait for the hook. */
    public static final class Joining extends ScratchReactorProvider {
        /** As the contract has it made. */
        public Joining() {
            super(hook(loop -> new JvmEnd(loop) {
                @Override
                void end(Loop target, long patienceNanos) {
                    target.askToStop();
                    target.owner.awaitIdle(patienceNanos);
                }
            }));
        }
    }

    /** Has no limit. */
    public static final class Patient extends ScratchReactorProvider {
        /** As the contract has it made. */
        public Patient() {
            super(hook(loop -> new JvmEnd(loop) {
                @Override
                void end(Loop target, long patienceNanos) {
                    super.end(target, TimeUnit.DAYS.toNanos(1));
                }
            }));
        }
    }
}
