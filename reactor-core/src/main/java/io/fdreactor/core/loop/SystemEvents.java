// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.EventPhase;
import io.fdreactor.SystemEventTrigger;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Events with three phases. Twisted's {@code _ThreePhaseEvent}.
 *
 * <p>A trigger is taken off its list before it is called, so it fires once, and a trigger may add and remove others
 * of the same event at any moment. The loop's own share of an event comes first of its phase, whenever users added
 * theirs.
 */
final class SystemEvents {
    private record Trigger(EventPhase phase, String eventType, Callable<? extends @Nullable CompletionStage<?>> action)
            implements SystemEventTrigger {
        // Each addition is another trigger, also of the same action: identity, not the record's equality.
        @Override
        public boolean equals(Object other) {
            return CoreWatch.isSame(this, other);
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** How far the firing of an event has got. */
    private enum Step {
        IDLE,
        BEFORE,
        WAITING,
        DURING,
        AFTER
    }

    private static final class Event {
        final Map<EventPhase, Deque<Trigger>> triggers = new EnumMap<>(EventPhase.class);
        final Map<EventPhase, Runnable> own = new EnumMap<>(EventPhase.class);
        Step step = Step.IDLE;
        /** One for each stage of its {@code before} triggers that isn't complete. */
        final Set<Object> stagesPending = Collections.newSetFromMap(new IdentityHashMap<>());

        Deque<Trigger> triggers(EventPhase phase) {
            return triggers.computeIfAbsent(phase, p -> new ArrayDeque<>());
        }
    }

    private final Map<String, Event> events = new HashMap<>();
    private final Callbacks callbacks;
    private final Executor loop;

    /** @param loop brings a call from any thread to the reactor's */
    SystemEvents(Callbacks callbacks, Executor loop) {
        this.callbacks = callbacks;
        this.loop = loop;
    }

    /** Sets the loop's own share of a phase, which is done each time. */
    void own(EventPhase phase, String eventType, Runnable action) {
        event(eventType).own.put(phase, action);
    }

    SystemEventTrigger add(
            EventPhase phase, String eventType, Callable<? extends @Nullable CompletionStage<?>> action) {
        Trigger trigger = new Trigger(phase, eventType, action);
        event(eventType).triggers(phase).add(trigger);
        return trigger;
    }

    boolean remove(SystemEventTrigger trigger) {
        Event event = events.get(trigger.eventType());
        return event != null && event.triggers(trigger.phase()).remove(trigger);
    }

    /** Fires all phases, or the first and, when its stages are complete, the others. Nothing if it is being fired. */
    void fire(String eventType) {
        Event event = event(eventType);
        if (event.step == Step.IDLE) {
            event.step = Step.BEFORE;
            proceed(event);
        }
    }

    /** Goes on where a firing stopped because a trigger never returned: it ended the JVM, which called this. */
    void resume(String eventType) {
        proceed(event(eventType));
    }

    private void proceed(Event event) {
        if (event.step == Step.BEFORE) {
            firePhase(event, EventPhase.BEFORE);
            event.step = Step.WAITING;
        }
        if (event.step == Step.WAITING && event.stagesPending.isEmpty()) {
            event.step = Step.DURING;
        }
        if (event.step == Step.DURING) {
            firePhase(event, EventPhase.DURING);
            event.step = Step.AFTER;
        }
        if (event.step == Step.AFTER) {
            firePhase(event, EventPhase.AFTER);
            event.step = Step.IDLE;
        }
    }

    private void firePhase(Event event, EventPhase phase) {
        Runnable own = event.own.get(phase);
        if (own != null && phase != EventPhase.AFTER) {
            own.run();
        }
        Deque<Trigger> triggers = event.triggers(phase);
        for (Trigger trigger = triggers.poll(); trigger != null; trigger = triggers.poll()) {
            call(event, trigger);
        }
        if (own != null && phase == EventPhase.AFTER) {
            own.run();
        }
    }

    private void call(Event event, Trigger trigger) {
        String doing = "a trigger " + trigger.phase + " [" + trigger.eventType + "]";
        callbacks.guard(
                () -> {
                    try {
                        CompletionStage<?> stage = trigger.action.call();
                        if (stage != null && trigger.phase == EventPhase.BEFORE) {
                            await(event, stage, doing);
                        }
                    } catch (Exception e) {
                        callbacks.failed(e, doing, null);
                    }
                },
                doing,
                null);
    }

    private void await(Event event, CompletionStage<?> stage, String doing) {
        Object pending = new Object();
        event.stagesPending.add(pending);
        boolean waiting = false;
        try {
            stage.whenComplete((result, thrown) -> loop.execute(() -> completed(event, pending, thrown, doing)));
            waiting = true;
        } finally {
            if (!waiting) {
                // A stage that refuses to be waited for holds nothing back.
                event.stagesPending.remove(pending);
            }
        }
    }

    /** A stage of a user's own making may call this more than once. */
    private void completed(Event event, Object pending, @Nullable Throwable thrown, String doing) {
        if (thrown != null) {
            callbacks.report(thrown, doing, null);
        }
        if (event.stagesPending.remove(pending)) {
            proceed(event);
        }
    }

    /** Fires the phases that stages hold back without waiting for these any longer. */
    void force(String eventType) {
        Event event = event(eventType);
        event.stagesPending.clear();
        proceed(event);
    }

    private Event event(String eventType) {
        return events.computeIfAbsent(eventType, type -> new Event());
    }
}
