// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.EventPhase;
import io.fdreactor.SystemEventTrigger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Events in three phases. A trigger is taken off its list before it is called, so it fires once, and may add and remove
 * others. The loop's own share of a phase comes before the users', and in the last phase after.
 */
class SystemEvents {
    final Callbacks callbacks;
    final ThreadCalls calls;
    private final Map<String, Event> events = new HashMap<>();

    SystemEvents(Loop loop) {
        this.callbacks = loop.callbacks;
        this.calls = loop.calls;
    }

    /** Identity counts: one action may be added twice. */
    static final class Trigger implements SystemEventTrigger {
        final EventPhase phase;
        final String eventType;
        final Callable<? extends @Nullable CompletionStage<?>> action;

        Trigger(EventPhase phase, String eventType, Callable<? extends @Nullable CompletionStage<?>> action) {
            this.phase = Objects.requireNonNull(phase, "a phase can't be null");
            this.eventType = Objects.requireNonNull(eventType, "an event's name can't be null");
            this.action = Objects.requireNonNull(action, "a trigger can't be null");
        }

        @Override
        public String eventType() {
            return eventType;
        }

        @Override
        public EventPhase phase() {
            return phase;
        }
    }

    static final class Event {
        final Map<EventPhase, Deque<Trigger>> triggers = new EnumMap<>(EventPhase.class);
        final Map<EventPhase, Runnable> own = new EnumMap<>(EventPhase.class);
        /** The phase that comes next, or null if it isn't being fired. */
        @Nullable
        EventPhase next;

        int stagesPending;

        Deque<Trigger> triggers(EventPhase phase) {
            return triggers.computeIfAbsent(phase, each -> new ArrayDeque<>());
        }
    }

    void own(EventPhase phase, String eventType, Runnable action) {
        event(eventType).own.put(phase, action);
    }

    SystemEventTrigger add(Trigger trigger) {
        event(trigger.eventType).triggers(trigger.phase).add(trigger);
        return trigger;
    }

    boolean remove(SystemEventTrigger trigger) {
        Event event = events.get(trigger.eventType());
        return event != null && event.triggers(trigger.phase()).remove(trigger);
    }

    /** Fires as many phases as can be; the stages of the first bring about the others. */
    void fire(String eventType) {
        Event event = event(eventType);
        if (event.next == null) {
            event.next = EventPhase.BEFORE;
            proceed(event);
        }
    }

    /** Goes on with a firing. */
    void proceed(Event event) {
        while (event.next != null && event.stagesPending == 0) {
            EventPhase phase = event.next;
            firePhase(event, phase);
            event.next = phase == EventPhase.BEFORE
                    ? EventPhase.DURING
                    : phase == EventPhase.DURING ? EventPhase.AFTER : null;
        }
    }

    private void firePhase(Event event, EventPhase phase) {
        Runnable own = event.own.getOrDefault(phase, () -> {});
        if (phase != EventPhase.AFTER) {
            own.run();
        }
        fireTriggers(event, phase);
        if (phase == EventPhase.AFTER) {
            own.run();
        }
    }

    void fireTriggers(Event event, EventPhase phase) {
        Deque<Trigger> triggers = event.triggers(phase);
        for (Trigger trigger = triggers.poll(); trigger != null; trigger = triggers.poll()) {
            call(event, trigger);
        }
    }

    void call(Event event, Trigger trigger) {
        String doing = "a trigger " + trigger.phase + " [" + trigger.eventType + "]";
        try {
            CompletionStage<?> stage = trigger.action.call();
            if (stage != null && trigger.phase == EventPhase.BEFORE) {
                await(event, stage, doing);
            }
        } catch (Throwable thrown) {
            callbacks.failed(thrown, doing, null);
        }
    }

    void await(Event event, CompletionStage<?> stage, String doing) {
        event.stagesPending++;
        stage.whenComplete((result, thrown) -> calls.add(() -> completed(event, thrown, doing)));
    }

    void completed(Event event, @Nullable Throwable thrown, String doing) {
        if (thrown != null) {
            callbacks.report(thrown, doing, null);
        }
        event.stagesPending--;
        proceed(event);
    }

    private Event event(String eventType) {
        return events.computeIfAbsent(eventType, each -> new Event());
    }
}
