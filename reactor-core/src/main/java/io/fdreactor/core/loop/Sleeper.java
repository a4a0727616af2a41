// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.ReactorException;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.ReadySink;
import java.io.IOException;

/**
 * A turn's one wait. Before a sleep it says so, then looks at the calls from other threads once more: whoever adds one
 * later finds a loop that sleeps, and wakes it.
 *
 * <p>A poll that fails is reported and tried again; when that goes on, the loop gives up.
 */
final class Sleeper {
    /** How often in a row the poller may fail. */
    private static final int POLL_FAILURES = 3;

    private final String reactorName;
    private final Poller poller;
    private final ReadySink sink;
    private final Waker waker;
    private final ThreadCalls calls;
    private final Callbacks callbacks;
    private int pollFailures;

    /** @param sink hears what the poller finds */
    Sleeper(String reactorName, Poller poller, ReadySink sink, Waker waker, ThreadCalls calls, Callbacks callbacks) {
        this.reactorName = reactorName;
        this.poller = poller;
        this.sink = sink;
        this.waker = waker;
        this.calls = calls;
        this.callbacks = callbacks;
    }

    /** @param timeoutNanos as {@link Poller#poll}; {@code Long.MAX_VALUE} has no limit either */
    void sleep(long timeoutNanos) {
        if (timeoutNanos == 0) {
            poll(0);
            return;
        }
        callbacks.counters().waits++;
        waker.beforeSleep();
        poll(!calls.isEmpty() ? 0 : timeoutNanos == Long.MAX_VALUE ? -1 : timeoutNanos);
        waker.afterSleep();
    }

    private void poll(long timeoutNanos) {
        callbacks.events().goesToWait();
        try {
            poller.poll(timeoutNanos, sink);
            pollFailures = 0;
        } catch (IOException | RuntimeException e) {
            callbacks.report(e, "the wait for descriptors", null);
            if (++pollFailures >= POLL_FAILURES) {
                throw new PollFailed(reactorName, e);
            }
        }
        callbacks.events().awake();
    }

    /** The poller doesn't work any more. */
    private static final class PollFailed extends ReactorException {
        private static final long serialVersionUID = 1;

        PollFailed(String reactor, Exception cause) {
            super(
                    "FDR-POLL-FAILED",
                    "the reactor [" + reactor + "] has ended because its poller fails time after time: "
                            + cause.getMessage(),
                    cause);
        }
    }
}
