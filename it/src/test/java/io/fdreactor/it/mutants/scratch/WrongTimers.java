// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.DelayedCall;
import io.fdreactor.ReactorConfig;
import io.fdreactor.it.mutants.Mutant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Wrong ways to make a call later. */
final class WrongTimers {
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

    static final List<Mutant> ALL = List.of(
            // ---- when
            timers("zero-is-at-once", "makes a call without delay inside callLater", loop -> new Timers(loop) {
                        @Override
                        DelayedCall schedule(long delayNanos, Runnable call) {
                            DelayedCall made = super.schedule(delayNanos, call);
                            if (delayNanos == 0) {
                                call((Timer) made);
                            }
                            return made;
                        }
                    })
                    .fails("TIME-01", "nothing is called inside callLater"),
            timers("until-none-is-due", "makes calls until none is due", loop -> new Timers(loop) {
                        @Override
                        boolean isDue(Timer timer, Mark mark) {
                            return timer.time - now() <= 0;
                        }
                    })
                    .fails("TIME-01", "the inner call waits for a turn"),
            timers("marks-too-late", "looks what is due after the calls from threads", loop -> new Timers(loop) {
                        @Override
                        void run(Mark mark) {
                            super.run(mark());
                        }
                    })
                    .fails("TIME-01", "a call in a later turn than it was scheduled in"),
            timers("a-millisecond-early", "takes what is due within a millisecond", loop -> new Timers(loop) {
                        @Override
                        boolean isDue(Timer timer, Mark mark) {
                            return timer.time - mark.time() < MILLISECOND && timer.number < mark.number();
                        }
                    })
                    .fails("TIME-02", "a call at its time or later"),
            timers("counts-from-the-turn", "counts a delay from when the turn began", loop -> new Timers(loop) {
                        private long turnBegan = now();

                        @Override
                        Mark mark() {
                            turnBegan = now();
                            return super.mark();
                        }

                        @Override
                        long timeAfter(long delayNanos) {
                            return super.timeAfter(delayNanos) - now() + turnBegan;
                        }
                    })
                    .fails("TIME-02", "after the call or later"),
            timers("whole-milliseconds", "makes unequal times equal", loop -> new Timers(loop) {
                        @Override
                        int compare(Timer one, Timer other) {
                            long difference = one.time / MILLISECOND - other.time / MILLISECOND;
                            return difference != 0 ? Long.signum(difference) : Long.compare(one.number, other.number);
                        }
                    })
                    .fails("TIME-03", "expected: <["),
            timers("last-in-first-out", "has equal times in any order", loop -> new Timers(loop) {
                        @Override
                        int compare(Timer one, Timer other) {
                            return one.time != other.time ? super.compare(one, other) : super.compare(other, one);
                        }
                    })
                    .fails("TIME-03", "expected: <["),
            timers("compares-ints", "casts the difference of two times to int", loop -> new Timers(loop) {
                        @Override
                        int compare(Timer one, Timer other) {
                            int difference = (int) (one.time - other.time);
                            return difference != 0 ? difference : Long.compare(one.number, other.number);
                        }
                    })
                    .fails("TIME-03", "20 calls within milliseconds"),
            // ---- cancelling
            timers("takes-out-and-forgets", "makes what it took out, whatever happens since", loop -> new Timers(loop) {
                        @Override
                        void run(Mark mark) {
                            List<Runnable> taken = new ArrayList<>();
                            for (Timer timer : due(this, mark)) {
                                Runnable call = timer.call;
                                taken.add(() -> {
                                    if (timer.active()) {
                                        call(timer);
                                    } else {
                                        loop.callbacks.run(call, "a delayed call", null);
                                    }
                                });
                            }
                            taken.forEach(Runnable::run);
                        }
                    })
                    .fails("TIME-04", "expected: <[first]>"),
            timers("cancels-twice", "lets a dead call be changed", loop -> new Timers(loop) {
                        @Override
                        void checkPending(Timer timer) {}
                    })
                    .fails("TIME-04", "AlreadyCancelled"),
            timers("called-when-returned", "counts a call as made when it has returned", loop -> new Timers(loop) {
                        @Override
                        void call(Timer timer) {
                            Runnable call = timer.call;
                            loop.callbacks.run(call, "a delayed call", null);
                            if (timer.active()) {
                                cancel(timer);
                                end(timer, State.CALLED);
                            }
                        }
                    })
                    .fails("TIME-04", "AlreadyCalled")
                    .fails("TIME-06", "it isn't active inside itself"),
            timers("holds-on", "keeps what a dead call refers to", loop -> new Timers(loop) {
                        @Override
                        void end(Timer timer, State state) {
                            timer.state = state;
                        }
                    })
                    .fails("TIME-04", "what dead calls referred to is garbage"),
            timers("moved-calls-stay", "leaves an entry where a call was that moves", loop -> new Timers(loop) {
                        @Override
                        void move(Timer timer, long time) {
                            Timer old = new Timer(() -> {});
                            old.time = timer.time;
                            insert(old);
                            super.move(timer, time);
                        }
                    })
                    .fails("TIME-13", "expected: <100000> but was: <200000>"),
            // ---- moving
            timers("reset-counts-from-then", "counts a reset from the time the call had", loop -> new Timers(loop) {
                        @Override
                        void reset(Timer timer, long delayNanos) {
                            move(timer, timer.time + delayNanos);
                        }
                    })
                    .fails("TIME-05", "due two hours from now"),
            timers("delay-counts-from-now", "counts a delay from now", loop -> new Timers(loop) {
                        @Override
                        void delay(Timer timer, long delayNanos) {
                            move(timer, now() + Math.max(0, delayNanos));
                        }
                    })
                    .fails("TIME-05", "expected: <"),
            timers("delay-into-the-past", "moves a call to before now", loop -> new Timers(loop) {
                        @Override
                        void delay(Timer timer, long delayNanos) {
                            move(timer, timer.time + delayNanos);
                        }
                    })
                    .fails("TIME-05", "no earlier than now"),
            timers("moves-later-only", "leaves a call that is reset to come sooner", loop -> new Timers(loop) {
                        @Override
                        void move(Timer timer, long time) {
                            if (time - timer.time > 0) {
                                super.move(timer, time);
                            }
                        }
                    })
                    .fails("TIME-05", "sooner"),
            // ---- asking
            timers("lists-the-future-only", "doesn't list what this turn is to call", loop -> new Timers(loop) {
                        @Override
                        List<DelayedCall> pending() {
                            return super.pending().stream()
                                    .filter(each -> each.getTime() - now() > 0)
                                    .toList();
                        }
                    })
                    .fails("TIME-06", "these calls are pending"),
            timers("forgets-its-time", "has no time once it was called", loop -> new Timers(loop) {
                        @Override
                        void end(Timer timer, State state) {
                            super.end(timer, state);
                            timer.time = 0;
                        }
                    })
                    .fails("TIME-06", "the time it was due stays"),
            // ---- what isn't a delay
            timers("takes-negative-delays", "takes a negative delay for none", loop -> new Timers(loop) {
                        @Override
                        long timeAfter(long delayNanos) {
                            return super.timeAfter(Math.max(0, delayNanos));
                        }
                    })
                    .fails("TIME-07", "IllegalArgumentException")
                    .fails("TIME-05", "IllegalArgumentException"),
            timers("overflows", "adds a delay to the clock as it is", loop -> new Timers(loop) {
                        @Override
                        long timeAfter(long delayNanos) {
                            return super.timeAfter(Math.min(0, delayNanos)) + delayNanos;
                        }
                    })
                    .fails("TIME-07", "due in years"),
            // ---- others
            timers("one-try-for-all", "drops what is due after a call that throws", loop -> new Timers(loop) {
                        @Override
                        void run(Mark mark) {
                            loop.callbacks.run(
                                    () -> {
                                        for (Timer timer : due(this, mark)) {
                                            Runnable call = timer.call;
                                            cancel(timer);
                                            end(timer, State.CALLED);
                                            call.run();
                                        }
                                    },
                                    "delayed calls",
                                    null);
                        }
                    })
                    .fails("TIME-10", "works"),
            timers("lets-errors-out-of-calls", "catches exceptions, and lets errors out", loop -> new Timers(loop) {
                        @Override
                        void call(Timer timer) {
                            Runnable call = timer.call;
                            cancel(timer);
                            end(timer, State.CALLED);
                            try {
                                call.run();
                            } catch (RuntimeException e) {
                                loop.callbacks.report(e, "a delayed call", null);
                            }
                        }
                    })
                    .fails("TIME-10", "a test's"),
            WrongReactors.mutant("timers-after-silence", "makes calls only if nobody was ready", parts -> {
                        parts.dispatcher = Listening::new;
                        parts.loop = (config, all) -> new Loop(config, all) {
                            @Override
                            void makeCalls(Timers.Mark mark) {
                                calls.run();
                                if (!((Listening) dispatcher).anybody) {
                                    timers.run(mark);
                                }
                            }
                        };
                    })
                    .fails("TIME-09", "the call is made in the turn after it is due"),
            loop(
                            "no-poll-while-calls-are-due",
                            "leaves descriptors out while a call is due",
                            (config, parts) -> new Loop(config, parts) {
                                @Override
                                void waitAndDispatch(long maxWaitNanos) {
                                    if (timers.untilNext() > 0) {
                                        super.waitAndDispatch(maxWaitNanos);
                                    }
                                }
                            })
                    .fails("TIME-08", "is told [doRead, doRead, doRead]"),
            loop(
                            "wait-computed-early",
                            "computes its wait before it makes thread calls",
                            (config, parts) -> new Loop(config, parts) {
                                private long untilNext;

                                @Override
                                void makeCalls(Timers.Mark mark) {
                                    untilNext = timers.untilNext();
                                    super.makeCalls(mark);
                                }

                                @Override
                                long waitNanos(long maxWaitNanos) {
                                    return Math.min(maxWaitNanos, untilNext);
                                }
                            })
                    .fails("TIME-11", "hangs"));

    private WrongTimers() {}

    /** In order. */
    private static List<Timers.Timer> due(Timers timers, Timers.Mark mark) {
        return timers.pending().stream()
                .map(Timers.Timer.class::cast)
                .filter(timer -> timers.isDue(timer, mark))
                .sorted(timers::compare)
                .toList();
    }

    private static Mutant timers(String name, String mistake, Function<Loop, Timers> wrong) {
        return WrongReactors.mutant(name, mistake, parts -> parts.timers = wrong);
    }

    private static Mutant loop(String name, String mistake, BiFunction<ReactorConfig, Parts, Loop> wrong) {
        return WrongReactors.mutant(name, mistake, parts -> parts.loop = wrong);
    }

    private static final class Listening extends Dispatcher {
        boolean anybody;

        Listening(Loop loop) {
            super(loop);
        }

        @Override
        List<Registration> ready() {
            List<Registration> ready = super.ready();
            anybody = !ready.isEmpty();
            return ready;
        }
    }
}
