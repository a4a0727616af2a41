// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.Capability;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReactorNotRunning;
import io.fdreactor.it.mutants.Mutant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Wrong bridges to other threads. */
final class WrongThreads {
    private static final ConcurrentLinkedQueue<Runnable> EVERYBODYS = new ConcurrentLinkedQueue<>();

    static final List<Mutant> ALL = List.of(
            // ---- calls from threads
            calls("last-call-first", "makes calls from a stack", loop -> new ThreadCalls(loop) {
                        @Override
                        synchronized List<Runnable> take() {
                            List<Runnable> taken = super.take();
                            Collections.reverse(taken);
                            return taken;
                        }
                    })
                    .fails("THREAD-01", "executed"),
            calls("own-thread-is-special", "makes the reactor's own calls at once", loop -> new ThreadCalls(loop) {
                        @Override
                        void add(Runnable call) {
                            if (loop.owner.driver() == Thread.currentThread()) {
                                loop.callbacks.run(call, "a call", null);
                            } else {
                                super.add(call);
                            }
                        }
                    })
                    .fails("THREAD-01", "[outer, outer ends, executed]")
                    .fails("CORE-14", "a flat stack"),
            calls("callers-thread", "makes a call where it is asked for", loop -> new ThreadCalls(loop) {
                        @Override
                        void add(Runnable call) {
                            loop.callbacks.run(call, "a call", null);
                            super.add(() -> {});
                        }
                    })
                    .fails("THREAD-01", "nothing is called inside callFromThread"),
            calls("until-none-is-left", "makes calls until there are no more", loop -> new ThreadCalls(loop) {
                        @Override
                        void run() {
                            while (!isEmpty()) {
                                super.run();
                            }
                        }
                    })
                    .fails("THREAD-04", "waits for the next turn"),
            calls("too-early", "takes no calls before it runs", loop -> new ThreadCalls(loop) {
                        @Override
                        void add(Runnable call) {
                            if (!loop.isRunning()) {
                                throw new ReactorNotRunning("too early");
                            }
                            super.add(call);
                        }
                    })
                    .fails("THREAD-03", "too early"),
            loop(
                            "drops-the-last-calls",
                            "frees itself with calls in its queue",
                            (config, parts) -> new Loop(config, parts) {
                                @Override
                                void release(boolean makeCalls) {
                                    super.release(false);
                                }

                                @Override
                                void reportDropped(int count) {}
                            })
                    .fails("THREAD-03", "what was accepted before the end is made"),
            loop("drops-in-silence", "says nothing of the calls it drops", (config, parts) -> new Loop(config, parts) {
                        @Override
                        void reportDropped(int count) {}
                    })
                    .fails("THREAD-03", "the handler hears of the calls dropped"),
            calls("late-calls-vanish", "passes over a call after the end", loop -> new ThreadCalls(loop) {
                        @Override
                        void add(Runnable call) {
                            if (!loop.owner.hasEnded()) {
                                super.add(call);
                            }
                        }
                    })
                    .fails("CORE-11", "ReactorClosed"),
            calls("one-queue-for-all", "has one queue for all reactors", loop -> new ThreadCalls(loop) {
                        @Override
                        void add(Runnable call) {
                            EVERYBODYS.add(call);
                            super.add(() -> {});
                        }

                        @Override
                        void run() {
                            super.run();
                            for (Runnable call = EVERYBODYS.poll(); call != null; call = EVERYBODYS.poll()) {
                                loop.callbacks.run(call, "a call", null);
                            }
                        }
                    })
                    .fails("CORE-13", "each reactor's own thread"),
            calls("one-try-for-all-calls", "drops the calls after one that throws", loop -> new ThreadCalls(loop) {
                        @Override
                        void run() {
                            loop.callbacks.run(() -> take().forEach(Runnable::run), "calls", null);
                        }
                    })
                    .fails("THREAD-08", "[works, works, works]"),
            calls("lets-calls-errors-out", "catches exceptions, and lets errors out", loop -> new ThreadCalls(loop) {
                        @Override
                        void run() {
                            for (Runnable call : take()) {
                                try {
                                    call.run();
                                } catch (RuntimeException e) {
                                    loop.callbacks.report(e, "a call", null);
                                }
                            }
                        }
                    })
                    .fails("THREAD-08", "a test's"),
            // ---- waking
            wait("wakes-nobody", "lets the loop sleep on", loop -> new Wait(loop) {
                        @Override
                        void wakeup() {}
                    })
                    .fails("THREAD-01", "hangs"),
            wait("wakes-each-time", "makes a system call for each call", loop -> new Wait(loop) {
                        @Override
                        void wake() {
                            wakeup();
                        }
                    })
                    .fails("THREAD-05", "at most one call to the poller"),
            wait("looks-then-sleeps", "looks at its queue before it says that it sleeps", loop -> new Wait(loop) {
                        private int looks;

                        @Override
                        void await(long timeoutNanos, BooleanSupplier busy) {
                            boolean found = busy.getAsBoolean();
                            // Now and then long enough for something to come in between, whatever the machine does.
                            if (++looks % 1000 == 0) {
                                LockSupport.parkNanos(1_000_000);
                            }
                            super.await(timeoutNanos, () -> found);
                        }
                    })
                    .fails("THREAD-02", "hangs"),
            // ---- interrupts
            wait("interrupted-for-ever", "waits though it was interrupted", loop -> new Wait(loop) {
                        @Override
                        void clearInterrupt() {}
                    })
                    .fails("THREAD-07", "on an interrupted thread: the loop sleeps"),
            wait("forgets-interrupts", "clears an interrupt", loop -> new Wait(loop) {
                        @Override
                        void giveInterruptBack() {}
                    })
                    .fails("THREAD-07", "still set when run returns"),
            wait("ended-by-interrupts", "takes an interrupt for the end", loop -> new Wait(loop) {
                        @Override
                        void clearInterrupt() {
                            if (Thread.interrupted()) {
                                throw new IllegalStateException("interrupted");
                            }
                        }
                    })
                    .fails("THREAD-07", "interrupted"),
            // ---- the pool
            pool(
                            "full-pool-borrows-its-caller",
                            "makes a full pool's calls where they are asked for",
                            loop -> new Pool(loop) {
                                @Override
                                void execute(Runnable task) {
                                    ThreadPoolExecutor pool = (ThreadPoolExecutor) executor();
                                    if (pool.getActiveCount() < pool.getCorePoolSize()) {
                                        super.execute(task);
                                    } else {
                                        call(task);
                                    }
                                }
                            })
                    .fails("THREAD-06", "a full pool's calls are made off the loop"),
            pool("pool-given-up-in-silence", "says nothing of what it didn't do", loop -> new Pool(loop) {
                        @Override
                        void reportAbandoned(int interrupted, int neverBegun) {}
                    })
                    .fails("THREAD-06", "the handler hears of what was not done"),
            pool("pool-from-the-first", "starts all its threads when it is opened", loop -> {
                        Pool pool = new Pool(loop);
                        ((ThreadPoolExecutor) pool.executor()).prestartAllCoreThreads();
                        return pool;
                    })
                    .fails("THREAD-06", "no pool before its first call"),
            pool("sizes-in-the-wrong-order", "sets the core size before the maximum", loop -> new Pool(loop) {
                        @Override
                        void suggestSize(int size) {
                            if (size > 0) {
                                ((ThreadPoolExecutor) executor()).setCorePoolSize(size);
                            }
                            super.suggestSize(size);
                        }
                    })
                    .fails("THREAD-06", "IllegalArgumentException"),
            pool("pool-survives", "leaves its threads behind", loop -> new Pool(loop) {
                        @Override
                        void shutdown() {}

                        @Override
                        boolean isTerminated() {
                            return true;
                        }

                        @Override
                        void abandon() {}
                    })
                    .fails("CORE-06", "nothing is left behind; seen: [thread"),
            pool("pool-drops-its-queue", "ends with work in its queue", loop -> new Pool(loop) {
                        @Override
                        void shutdown() {
                            super.shutdown();
                            super.abandon();
                        }
                    })
                    .fails("THREAD-06", "the reactor ended before its threads had"),
            pool("pool-keeps-failures", "has exceptions end in a future", loop -> new Pool(loop) {
                        @Override
                        void call(Runnable task) {
                            try {
                                task.run();
                            } catch (RuntimeException e) {
                                // For whoever asks, and nobody does.
                            }
                        }
                    })
                    .fails("THREAD-06", "the handler is told"),
            // ---- what is claimed
            WrongReactors.mutant("claims-tcp", "claims a facet that it hasn't got", new ClaimsTcp())
                    .fails("SPI-05", "IReactorTCP is there"));

    private WrongThreads() {}

    private static Mutant calls(String name, String mistake, Function<Loop, ThreadCalls> wrong) {
        return WrongReactors.mutant(name, mistake, parts -> parts.calls = wrong);
    }

    private static Mutant wait(String name, String mistake, Function<Loop, Wait> wrong) {
        return WrongReactors.mutant(name, mistake, parts -> parts.wait = wrong);
    }

    private static Mutant pool(String name, String mistake, Function<Loop, Pool> wrong) {
        return WrongReactors.mutant(name, mistake, parts -> parts.pool = wrong);
    }

    private static Mutant loop(String name, String mistake, BiFunction<ReactorConfig, Parts, Loop> wrong) {
        return WrongReactors.mutant(name, mistake, parts -> parts.loop = wrong);
    }

    /** Copied its capabilities from another backend. */
    private static final class ClaimsTcp extends ScratchReactorProvider {
        @Override
        public Set<Capability> capabilities() {
            return EnumSet.of(Capability.CHANNEL, Capability.TCP);
        }
    }
}
