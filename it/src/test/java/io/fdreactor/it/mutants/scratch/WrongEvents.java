// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.EventPhase;
import io.fdreactor.SystemEventTrigger;
import io.fdreactor.it.mutants.Mutant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Wrong ways to fire an event. */
final class WrongEvents {
    static final List<Mutant> ALL = List.of(
            events("after-before-during", "fires the phases in another order", loop -> new SystemEvents(loop) {
                        @Override
                        void fireTriggers(Event event, EventPhase phase) {
                            switch (phase) {
                                case BEFORE -> super.fireTriggers(event, EventPhase.BEFORE);
                                case DURING -> super.fireTriggers(event, EventPhase.AFTER);
                                case AFTER -> super.fireTriggers(event, EventPhase.DURING);
                            }
                        }
                    })
                    .fails("CORE-04", "[BEFORE 0, BEFORE 1, DURING 0"),
            events("last-trigger-first", "fires a phase from its end", loop -> new SystemEvents(loop) {
                        @Override
                        void fireTriggers(Event event, EventPhase phase) {
                            Deque<Trigger> triggers = event.triggers(phase);
                            while (!triggers.isEmpty()) {
                                call(event, triggers.removeLast());
                            }
                        }
                    })
                    .fails("CORE-04", "[BEFORE 0, BEFORE 1, DURING 0"),
            events("triggers-stay", "fires a trigger with each event", loop -> new SystemEvents(loop) {
                        @Override
                        void fireTriggers(Event event, EventPhase phase) {
                            List.copyOf(event.triggers(phase)).forEach(each -> call(event, each));
                        }
                    })
                    .fails("CORE-04", "what has fired is forgotten"),
            events(
                            "iterates-living-triggers",
                            "fires from a list that triggers change",
                            loop -> new SystemEvents(loop) {
                                @Override
                                void fireTriggers(Event event, EventPhase phase) {
                                    for (Trigger each : event.triggers(phase)) {
                                        call(event, each);
                                    }
                                    event.triggers(phase).clear();
                                }
                            })
                    .fails("CORE-04", "ConcurrentModificationException"),
            events(
                            "removed-triggers-fire",
                            "fires all that there were when the phase began",
                            loop -> new SystemEvents(loop) {
                                @Override
                                void fireTriggers(Event event, EventPhase phase) {
                                    List<Trigger> all = new ArrayList<>(event.triggers(phase));
                                    all.forEach(each -> call(event, each));
                                    event.triggers(phase).clear();
                                }
                            })
                    .fails("CORE-04", "[remover, last]"),
            events(
                            "one-try-for-the-phase",
                            "ends a phase with the trigger that throws",
                            loop -> new SystemEvents(loop) {
                                @Override
                                void call(Event event, Trigger trigger) {
                                    try {
                                        trigger.action.call();
                                    } catch (Exception e) {
                                        callbacks.report(e, "a trigger", null);
                                        event.triggers(trigger.phase).clear();
                                    }
                                }
                            })
                    .fails("CORE-04", "[BEFORE, DURING, AFTER]"),
            WrongReactors.mutant(
                            "one-trigger-an-action",
                            "takes an action added twice for one",
                            parts -> parts.reactor = loop -> new ScratchReactor(loop) {
                                private final Map<Runnable, SystemEventTrigger> known = new HashMap<>();

                                @Override
                                public SystemEventTrigger addSystemEventTrigger(
                                        EventPhase phase, String eventType, Runnable trigger) {
                                    return known.computeIfAbsent(
                                            trigger, each -> super.addSystemEventTrigger(phase, eventType, trigger));
                                }
                            })
                    .fails("CORE-04", "each addition is a trigger"),
            // ---- stages
            events("stage-not-awaited", "goes on without waiting for a stage", loop -> new SystemEvents(loop) {
                        @Override
                        void await(Event event, CompletionStage<?> stage, String doing) {}
                    })
                    .fails("CORE-05", "the phase waits"),
            events(
                            "stage-stops-the-loop",
                            "waits for a stage on the loop's own thread, for a while",
                            loop -> new SystemEvents(loop) {
                                @Override
                                void await(Event event, CompletionStage<?> stage, String doing) {
                                    try {
                                        stage.toCompletableFuture().get(100, TimeUnit.MILLISECONDS);
                                    } catch (Exception e) {
                                        // Then it goes on without.
                                    }
                                }
                            })
                    .fails("CORE-05", "and the phase waits"),
            events("first-stage-counts", "goes on with the first of several stages", loop -> new SystemEvents(loop) {
                        @Override
                        void completed(Event event, @Nullable Throwable thrown, String doing) {
                            if (event.stagesPending > 0) {
                                event.stagesPending = 1;
                                super.completed(event, thrown, doing);
                            }
                        }
                    })
                    .fails("CORE-05", "the phase waits for the other stage"),
            events("failed-stage-holds", "waits for a stage that has failed", loop -> new SystemEvents(loop) {
                        @Override
                        void completed(Event event, @Nullable Throwable thrown, String doing) {
                            if (thrown == null) {
                                super.completed(event, thrown, doing);
                            }
                        }
                    })
                    .fails("CORE-05", "hangs"),
            events(
                            "completer-fires",
                            "fires the next phase on the thread that completes",
                            loop -> new SystemEvents(loop) {
                                @Override
                                void await(Event event, CompletionStage<?> stage, String doing) {
                                    event.stagesPending++;
                                    stage.whenComplete((result, thrown) -> {
                                        completed(event, thrown, doing);
                                        calls.add(() -> {});
                                    });
                                }
                            })
                    .fails("CORE-05", "triggers fire in the reactor's thread"),
            events("every-stage-holds", "waits for the stages of all phases", loop -> new SystemEvents(loop) {
                        @Override
                        void call(Event event, Trigger trigger) {
                            super.call(
                                    event,
                                    trigger.phase == EventPhase.DURING
                                            ? new Trigger(EventPhase.BEFORE, trigger.eventType, trigger.action)
                                            : trigger);
                        }
                    })
                    .fails("CORE-05", "expected: <[after]>"));

    private WrongEvents() {}

    private static Mutant events(String name, String mistake, Function<Loop, SystemEvents> wrong) {
        return WrongReactors.mutant(name, mistake, parts -> parts.events = wrong);
    }
}
