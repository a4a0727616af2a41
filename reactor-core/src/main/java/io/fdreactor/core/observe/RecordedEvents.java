// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.observe;

import io.fdreactor.FileDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Tells the JDK's flight recorder. While nobody records an event, {@code isEnabled} is all that it costs, which the JIT
 * sees through; the clock isn't read. The loop's thread uses each event object again and again: it begins it, ends it,
 * and fills it in only if its duration passes the recording's threshold.
 */
final class RecordedEvents extends LoopEvents {
    private static final LagEvent LAG = new LagEvent();
    private static final WakeupEvent WAKEUP = new WakeupEvent();

    private final String reactorName;
    private final Counters counters;
    private final TurnEvent turn = new TurnEvent();
    private final CallbackEvent callback = new CallbackEvent();

    /** Whether it began; a recording may begin in between. */
    private boolean inTurn;

    private boolean inCallback;
    private long eventsBefore;
    private long delayedCallsBefore;
    private long threadCallsBefore;

    RecordedEvents(String reactorName, Counters counters) {
        this.reactorName = reactorName;
        this.counters = counters;
    }

    @Override
    public void awake() {
        inTurn = turn.isEnabled();
        if (inTurn) {
            eventsBefore = counters.events;
            delayedCallsBefore = counters.delayedCalls;
            threadCallsBefore = counters.threadCalls;
            turn.begin();
        }
    }

    @Override
    public void goesToWait() {
        if (inTurn) {
            inTurn = false;
            turn.end();
            if (turn.shouldCommit()) {
                turn.reactor = reactorName;
                turn.events = counters.events - eventsBefore;
                turn.delayedCalls = counters.delayedCalls - delayedCallsBefore;
                turn.threadCalls = counters.threadCalls - threadCallsBefore;
                turn.commit();
            }
        }
    }

    @Override
    public void called() {
        inCallback = callback.isEnabled();
        if (inCallback) {
            callback.begin();
        }
    }

    @Override
    public void returned(String doing, Object callee, @Nullable FileDescriptor descriptor) {
        if (inCallback) {
            inCallback = false;
            callback.end();
            if (callback.shouldCommit()) {
                callback.reactor = reactorName;
                callback.doing = doing;
                callback.callee = callee.getClass();
                callback.logPrefix = descriptor == null ? null : prefix(descriptor);
                callback.commit();
                callback.callee = null;
            }
        }
    }

    private static @Nullable String prefix(FileDescriptor descriptor) {
        try {
            return descriptor.logPrefix();
        } catch (RuntimeException e) {
            return null;
        }
    }

    @Override
    public void lag(long lateNanos) {
        if (lateNanos >= LagEvent.LEAST_NANOS && LAG.isEnabled()) {
            LagEvent lag = new LagEvent();
            lag.reactor = reactorName;
            lag.lag = lateNanos;
            lag.commit();
        }
    }

    @Override
    public void wokenUp() {
        if (WAKEUP.isEnabled()) {
            WakeupEvent wakeup = new WakeupEvent();
            wakeup.reactor = reactorName;
            wakeup.commit();
        }
    }
}
