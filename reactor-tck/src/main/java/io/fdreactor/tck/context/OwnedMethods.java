// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.context;

import io.fdreactor.EventPhase;
import io.fdreactor.Reactor;
import io.fdreactor.SystemEventTrigger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** A reactor's methods that belong to its thread, and to its life: each as a call to try. */
public final class OwnedMethods {
    private OwnedMethods() {}

    public static Map<String, Executable> of(Reactor reactor, Probe probe) {
        Map<String, Executable> calls = new LinkedHashMap<>();
        calls.put("addReader", () -> reactor.addReader(probe));
        calls.put("addWriter", () -> reactor.addWriter(probe));
        calls.put("removeReader", () -> reactor.removeReader(probe));
        calls.put("removeWriter", () -> reactor.removeWriter(probe));
        calls.put("removeAll", reactor::removeAll);
        calls.put("getReaders", reactor::getReaders);
        calls.put("getWriters", reactor::getWriters);
        calls.put("callLater", () -> reactor.callLater(0, () -> {}));
        calls.put("callLater with a duration", () -> reactor.callLater(Duration.ZERO, () -> {}));
        calls.put("getDelayedCalls", reactor::getDelayedCalls);
        calls.put("stop", reactor::stop);
        calls.put("crash", reactor::crash);
        calls.put("callWhenRunning", () -> reactor.callWhenRunning(() -> {}));
        calls.put("fireSystemEvent", () -> reactor.fireSystemEvent("a test's"));
        calls.put(
                "addSystemEventTrigger", () -> reactor.addSystemEventTrigger(EventPhase.BEFORE, "a test's", () -> {}));
        calls.put(
                "addSystemEventTrigger with a stage",
                () -> reactor.addSystemEventTrigger(EventPhase.BEFORE, "a test's", OwnedMethods::noStage));
        calls.put("removeSystemEventTrigger", () -> reactor.removeSystemEventTrigger(new UnknownTrigger()));
        calls.put("suggestThreadPoolSize", () -> reactor.suggestThreadPoolSize(3));
        return calls;
    }

    private static @Nullable CompletionStage<?> noStage() {
        return null;
    }

    private record UnknownTrigger() implements SystemEventTrigger {
        @Override
        public String eventType() {
            return "a test's";
        }

        @Override
        public EventPhase phase() {
            return EventPhase.BEFORE;
        }
    }
}
