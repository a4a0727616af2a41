// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.observe;

import io.fdreactor.FileDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Tells the JDK's flight recorder. While nobody records an event, {@code isEnabled} is all that it costs, which the JIT
 * sees through; the clock isn't read. The loop's thread uses each event object again and again: it begins it, ends it,
 * and fills it in only if its duration passes the recording's threshold. What the recorder throws costs an event and
 * nothing else.
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
        try {
            inTurn = turn.isEnabled();
            if (inTurn) {
                eventsBefore = counters.events;
                delayedCallsBefore = counters.delayedCalls;
                threadCallsBefore = counters.threadCalls;
                turn.begin();
            }
        } catch (Throwable thrown) {
            inTurn = false;
        }
    }

    @Override
    public void goesToWait() {
        if (inTurn) {
            inTurn = false;
            try {
                commitTurn();
            } catch (Throwable thrown) {
                // The recorder's failure: this event is missing, the loop goes on.
            }
        }
    }

    private void commitTurn() {
        turn.end();
        if (turn.shouldCommit()) {
            turn.reactor = reactorName;
            turn.events = counters.events - eventsBefore;
            turn.delayedCalls = counters.delayedCalls - delayedCallsBefore;
            turn.threadCalls = counters.threadCalls - threadCallsBefore;
            turn.commit();
        }
    }

    @Override
    public void called() {
        try {
            inCallback = callback.isEnabled();
            if (inCallback) {
                callback.begin();
            }
        } catch (Throwable thrown) {
            inCallback = false;
        }
    }

    @Override
    public void returned(String doing, Object callee, @Nullable FileDescriptor descriptor) {
        if (inCallback) {
            inCallback = false;
            try {
                commitCallback(doing, callee, descriptor);
            } catch (Throwable thrown) {
                // As above.
                callback.callee = null;
            }
        }
    }

    private void commitCallback(String doing, Object callee, @Nullable FileDescriptor descriptor) {
        callback.end();
        if (callback.shouldCommit()) {
            callback.reactor = reactorName;
            callback.doing = doing;
            callback.callee = callee.getClass();
            callback.logPrefix = descriptor == null ? null : SafeText.logPrefix(descriptor);
            callback.commit();
            callback.callee = null;
        }
    }

    @Override
    public void lag(long lateNanos) {
        if (lateNanos >= LagEvent.LEAST_NANOS) {
            try {
                if (LAG.isEnabled()) {
                    LagEvent lag = new LagEvent();
                    lag.reactor = reactorName;
                    lag.lag = lateNanos;
                    lag.commit();
                }
            } catch (Throwable thrown) {
                // As above.
            }
        }
    }

    @Override
    public void wokenUp() {
        try {
            if (WAKEUP.isEnabled()) {
                WakeupEvent wakeup = new WakeupEvent();
                wakeup.reactor = reactorName;
                wakeup.commit();
            }
        } catch (Throwable thrown) {
            // As above; the loop is awake by now, and the caller has no use for this.
        }
    }
}
