// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.command;

import io.fdreactor.EventPhase;
import io.fdreactor.IReactorCore;
import io.fdreactor.Reactor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Says on standard output when the first reactor begins to end, and when the last one has. The JVM waits for the reactors
 * when it is told to end, and for nobody else, so it is they who have to say it.
 */
final class ShutdownMessages {
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean serving;

    /** One more to wait for; on its thread. */
    void expect(Reactor reactor) {
        running.incrementAndGet();
        reactor.addSystemEventTrigger(EventPhase.BEFORE, IReactorCore.SHUTDOWN, this::begins);
        reactor.addSystemEventTrigger(EventPhase.AFTER, IReactorCore.SHUTDOWN, this::ended);
    }

    /** All are expected. An end that comes before this isn't worth a word. */
    void serving() {
        serving = true;
    }

    private void begins() {
        if (serving && !begun.getAndSet(true)) {
            System.out.println("shutting down");
        }
    }

    private void ended() {
        if (running.decrementAndGet() == 0 && serving) {
            System.out.println("bye");
        }
    }
}
