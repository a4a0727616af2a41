// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.netty;

import io.fdreactor.EventPhase;
import io.fdreactor.SystemEventTrigger;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Events in three phases, of which Netty knows nothing. */
final class NettyEvents {
    private final NettyLoop loop;
    private final NettyCallbacks callbacks;
    private final Map<String, Map<EventPhase, Queue<Trigger>>> triggers = new HashMap<>();
    /** What the reactor does itself, {@code during} before all others and {@code after} behind them. */
    private final Map<String, Map<EventPhase, Runnable>> own = new HashMap<>();

    private final Set<String> firing = new HashSet<>();

    NettyEvents(NettyLoop loop, NettyCallbacks callbacks) {
        this.loop = loop;
        this.callbacks = callbacks;
    }

    private static final class Trigger implements SystemEventTrigger {
        private final EventPhase phase;
        private final String eventType;
        private final Callable<? extends @Nullable CompletionStage<?>> action;

        Trigger(EventPhase phase, String eventType, Callable<? extends @Nullable CompletionStage<?>> action) {
            this.phase = Objects.requireNonNull(phase);
            this.eventType = Objects.requireNonNull(eventType);
            this.action = Objects.requireNonNull(action);
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

    void own(String eventType, EventPhase phase, Runnable action) {
        own.computeIfAbsent(eventType, type -> new EnumMap<>(EventPhase.class)).put(phase, action);
    }

    SystemEventTrigger add(
            EventPhase phase, String eventType, Callable<? extends @Nullable CompletionStage<?>> action) {
        Trigger trigger = new Trigger(phase, eventType, action);
        triggers(eventType, phase).add(trigger);
        return trigger;
    }

    boolean remove(SystemEventTrigger trigger) {
        return triggers(trigger.eventType(), trigger.phase()).remove(trigger);
    }

    private Queue<Trigger> triggers(String eventType, EventPhase phase) {
        return triggers.computeIfAbsent(eventType, type -> new EnumMap<>(EventPhase.class))
                .computeIfAbsent(phase, each -> new ArrayDeque<>());
    }

    /** Fires all phases; the second and third later, if a stage holds them back. Nothing if it is being fired. */
    void fire(String eventType) {
        if (!firing.add(eventType)) {
            return;
        }
        int[] held = {1};
        Runnable release = () -> {
            if (--held[0] == 0) {
                firePhase(eventType, EventPhase.DURING);
                firePhase(eventType, EventPhase.AFTER);
                firing.remove(eventType);
            }
        };
        Queue<Trigger> before = triggers(eventType, EventPhase.BEFORE);
        for (Trigger trigger = before.poll(); trigger != null; trigger = before.poll()) {
            CompletionStage<?> stage = call(trigger);
            if (stage != null) {
                held[0]++;
                stage.whenComplete((result, thrown) -> loop.execute(() -> {
                    if (thrown != null) {
                        callbacks.report(thrown, "a trigger BEFORE [" + eventType + "]", null);
                    }
                    release.run();
                }));
            }
        }
        release.run();
    }

    private void firePhase(String eventType, EventPhase phase) {
        Runnable share = own.getOrDefault(eventType, Map.of()).getOrDefault(phase, () -> {});
        if (phase == EventPhase.DURING) {
            share.run();
        }
        Queue<Trigger> queue = triggers(eventType, phase);
        for (Trigger trigger = queue.poll(); trigger != null; trigger = queue.poll()) {
            call(trigger);
        }
        if (phase == EventPhase.AFTER) {
            share.run();
        }
    }

    private @Nullable CompletionStage<?> call(Trigger trigger) {
        try {
            return trigger.action.call();
        } catch (Throwable thrown) {
            callbacks.failed(thrown, "a trigger " + trigger.phase + " [" + trigger.eventType + "]", null);
            return null;
        }
    }
}
