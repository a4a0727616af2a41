// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.ConnectionLost;
import io.fdreactor.FileDescriptor;
import io.fdreactor.IReactorCore;
import io.fdreactor.ReactorConfig;
import io.fdreactor.SystemEventTrigger;
import io.fdreactor.it.mutants.Mutant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Wrong ways to start, to stop and to sleep. */
final class WrongLives {
    static final List<Mutant> ALL = List.of(
            // ---- what is left. First, since what hangs hides what is left
            WrongReactors.mutant(
                            "leaves-its-selector",
                            "closes nothing",
                            parts -> parts.wait = loop -> new Wait(loop) {
                                @Override
                                void close() {}
                            })
                    .fails("CORE-06", "nothing is left behind; seen: [descriptor")
                    .fails("CORE-11", "nothing is left behind; seen: [descriptor"),
            loop(
                            "closes-what-has-run-only",
                            "does nothing if it never ran",
                            (config, parts) -> new Loop(config, parts) {
                                @Override
                                void close() {
                                    if (started) {
                                        super.close();
                                    }
                                }
                            })
                    .fails("CORE-11", "lost ConnectionLost"),
            loop("closes-once", "can't be closed twice", (config, parts) -> new Loop(config, parts) {
                        @Override
                        void close() {
                            if (owner.hasEnded()) {
                                throw Owner.closed();
                            }
                            super.close();
                        }
                    })
                    .fails("CORE-11", "unexpected: io.fdreactor.ReactorClosed"),
            loop("loses-nobody", "ends without a word", (config, parts) -> new Loop(config, parts) {
                        @Override
                        void loseAll() {}
                    })
                    .fails("CORE-06", "lost")
                    .fails("CORE-11", "lost ConnectionLost"),
            loop(
                            "loses-twice",
                            "tells an end in the shutdown and again after it",
                            (config, parts) -> new Loop(config, parts) {
                                private final List<FileDescriptor> told = new ArrayList<>();

                                @Override
                                void loseAll() {
                                    for (Direction direction : Direction.values()) {
                                        told.addAll(descriptors.snapshot(direction));
                                    }
                                    super.loseAll();
                                    told.forEach(each -> descriptors.tell(each, ConnectionLost.INSTANCE));
                                }
                            })
                    .fails("CORE-06", "lost ConnectionLost"),
            loop(
                            "loses-those-it-finds",
                            "doesn't look again whom a loss has brought",
                            (config, parts) -> new Loop(config, parts) {
                                @Override
                                void loseAll() {
                                    descriptors.loseAll(ConnectionLost.INSTANCE);
                                }
                            })
                    .fails("CORE-06", "[brings2] is told [lost ConnectionLost]"),
            loop("tells-after-the-wait", "tells a loss when it has slept", (config, parts) -> new Loop(config, parts) {
                        @Override
                        void tellLosses() {}

                        @Override
                        void waitAndDispatch(long maxWaitNanos) {
                            super.waitAndDispatch(maxWaitNanos);
                            descriptors.tellLosses();
                        }
                    })
                    .fails("FD-22", "hangs"),
            // ---- stopping
            loop("stops-silently", "stops though it doesn't run", (config, parts) -> new Loop(config, parts) {
                        @Override
                        void stop() {
                            if (started && !stopRequested) {
                                super.stop();
                            }
                        }
                    })
                    .fails("CORE-01", "ReactorNotRunning"),
            loop("stops-at-once", "shuts down inside stop", (config, parts) -> new Loop(config, parts) {
                        @Override
                        void stop() {
                            super.stop();
                            beginShutdown();
                        }
                    })
                    .fails("CORE-01", "[stop returned, next call of the turn, shutdown]"),
            loop(
                            "runs-again-for-nothing",
                            "returns at once when it was stopped",
                            (config, parts) -> new Loop(config, parts) {
                                @Override
                                void run() {
                                    if (!owner.wasStopped()) {
                                        super.run();
                                    }
                                }
                            })
                    .fails("CORE-01", "ReactorNotRestartable"),
            loop("crash-is-a-stop", "shuts down where it should crash", (config, parts) -> new Loop(config, parts) {
                        @Override
                        void crash() {
                            stopRequested = true;
                        }
                    })
                    .fails("CORE-07", "ReactorClosed"),
            loop("crash-fires-shutdown", "fires what belongs to a stop", (config, parts) -> new Loop(config, parts) {
                        @Override
                        void crash() {
                            super.crash();
                            events.fire(IReactorCore.SHUTDOWN);
                        }
                    })
                    .fails("CORE-07", "ReactorClosed"),
            loop(
                            "crash-forgets",
                            "drops the calls that wait when it crashes",
                            (config, parts) -> new Loop(config, parts) {
                                @Override
                                void crash() {
                                    super.crash();
                                    timers.clear();
                                    calls.take();
                                }
                            })
                    .fails("CORE-07", "[thread call, timed call]"),
            loop(
                            "crashes-when-closed",
                            "ends without a shutdown when another thread closes it",
                            (config, parts) -> new Loop(config, parts) {
                                @Override
                                void askToStop() {
                                    calls.add(this::crash);
                                }
                            })
                    .fails("CORE-17", "[shut down, closed]"),
            loop(
                            "closes-with-patience",
                            "waits for its end as long as it takes",
                            (config, parts) -> new Loop(config, parts) {
                                @Override
                                void close() {
                                    while (owner.driver() != null) {
                                        askToStop();
                                        owner.awaitIdle(TimeUnit.HOURS.toNanos(1));
                                    }
                                    super.close();
                                }
                            })
                    .fails("CORE-17", "ReactorException"),
            loop("crash-frees", "closes all when it crashes", (config, parts) -> new Loop(config, parts) {
                        @Override
                        void finish() {
                            release(true);
                        }
                    })
                    .fails("CORE-07", "ReactorClosed"),
            // ---- turning
            loop("iterates-for-ever", "never says that it is over", (config, parts) -> new Loop(config, parts) {
                        @Override
                        boolean iterate(long maxWaitNanos) {
                            super.iterate(maxWaitNanos);
                            return true;
                        }
                    })
                    .fails("CORE-02", "iterate answers false once the shutdown is done"),
            loop("iterates-without-a-start", "fires startup in run alone", (config, parts) -> new Loop(config, parts) {
                        @Override
                        boolean iterate(long maxWaitNanos) {
                            started = true;
                            return super.iterate(maxWaitNanos);
                        }
                    })
                    .fails("CORE-02", "the first turn fires startup")
                    .fails("CORE-03", "first, second"),
            loop("sleeps-past-timers", "waits as long as iterate allows", (config, parts) -> new Loop(config, parts) {
                        @Override
                        long waitNanos(long maxWaitNanos) {
                            return maxWaitNanos;
                        }
                    })
                    .fails("CORE-02", "hangs"),
            loop("starts-late", "makes waiting calls before it starts", (config, parts) -> new Loop(config, parts) {
                        @Override
                        void start() {
                            makeCalls(timers.mark());
                            super.start();
                        }
                    })
                    .fails("CORE-08", "BEFORE running false"),
            loop(
                            "runs-from-the-first",
                            "says that it runs before it has started",
                            (config, parts) -> new Loop(config, parts) {
                                @Override
                                boolean isRunning() {
                                    return started;
                                }
                            })
                    .fails("CORE-08", "BEFORE running false")
                    .fails("CORE-05", "it doesn't run yet"),
            loop(
                            "calls-late",
                            "makes a call for when it runs in the next turn",
                            (config, parts) -> new Loop(config, parts) {
                                @Override
                                Optional<SystemEventTrigger> callWhenRunning(Runnable call) {
                                    if (isRunning()) {
                                        calls.add(call);
                                        return Optional.empty();
                                    }
                                    return super.callWhenRunning(call);
                                }
                            })
                    .fails("CORE-03", "at once"),
            loop("calls-early", "makes a call for when it runs at once", (config, parts) -> new Loop(config, parts) {
                        @Override
                        Optional<SystemEventTrigger> callWhenRunning(Runnable call) {
                            callbacks.run(call, "callWhenRunning", null);
                            return super.callWhenRunning(() -> {});
                        }
                    })
                    .fails("CORE-03", "nothing to take back once it is called"),
            WrongReactors.mutant(
                            "swallows-what-ends-the-jvm",
                            "goes on after any error",
                            parts -> parts.callbacks = loop -> new Callbacks(loop) {
                                @Override
                                boolean endsTheLoop(Throwable thrown) {
                                    return false;
                                }
                            })
                    .fails("CORE-15", "hangs"),
            WrongReactors.mutant(
                            "trusts-the-handler",
                            "lets out what the exception handler throws",
                            parts -> parts.callbacks = loop -> new Callbacks(loop) {
                                @Override
                                void report(Throwable thrown, String doing, @Nullable FileDescriptor whose) {
                                    loop.config.exceptionHandler().handle(thrown, doing, whose);
                                }
                            })
                    .fails("CORE-16", "a test's handler's"),
            // ---- sleeping
            WrongReactors.mutant(
                            "looks-round",
                            "looks round a hundred times a second",
                            parts -> parts.wait = loop -> new Wait(loop) {
                                @Override
                                void await(long timeoutNanos, BooleanSupplier busy) {
                                    super.await(Math.min(timeoutNanos, TimeUnit.MILLISECONDS.toNanos(10)), busy);
                                }
                            })
                    .fails("CORE-12", "an idle loop sleeps until it is woken"),
            WrongReactors.mutant(
                            "ticks-in-secret",
                            "looks round ten times a second, and says nothing",
                            parts -> parts.wait = loop -> new Wait(loop) {
                                @Override
                                void await(long timeoutNanos, BooleanSupplier busy) {
                                    long tick = TimeUnit.MILLISECONDS.toNanos(100);
                                    long left = timeoutNanos;
                                    boolean[] woken = {false};
                                    do {
                                        super.await(Math.min(left, tick), () -> {
                                            woken[0] = busy.getAsBoolean();
                                            return woken[0];
                                        });
                                        left -= Math.min(left, tick);
                                    } while (left > 0
                                            && !woken[0]
                                            && selector().selectedKeys().isEmpty());
                                }
                            })
                    .fails("CORE-12", "an idle loop sleeps until it is woken"));

    private WrongLives() {}

    private static Mutant loop(String name, String mistake, BiFunction<ReactorConfig, Parts, Loop> wrong) {
        return WrongReactors.mutant(name, mistake, parts -> parts.loop = wrong);
    }
}
