// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.IReactorTime;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReactorException;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.ReadySink;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * A turn's one wait. Before a sleep it says so, then looks at the calls from other threads once more: whoever adds one
 * later finds a loop that sleeps, and wakes it. Who has added one before needn't, so nothing is said while there are any.
 *
 * <p>A reactor that was opened with a busy poll looks for so long before it sleeps, and needn't be woken meanwhile: it
 * looks at the calls each time.
 *
 * <p>A poll that fails is reported and tried again; when that goes on, the loop gives up.
 */
final class PollWait {
    /** How often in a row the poller may fail. */
    private static final int POLL_FAILURES = 3;

    private final String reactorName;
    private final Poller poller;
    private final ReadySink sink;
    private final Waker waker;
    private final ThreadCalls calls;
    private final Callbacks callbacks;
    private final LongSupplier clock;
    private final long busyPollNanos;
    private int pollFailures;

    /**
     * @param sink hears what the poller finds
     * @param clock monotonic nanoseconds
     */
    PollWait(
            ReactorConfig config,
            Poller poller,
            ReadySink sink,
            Waker waker,
            ThreadCalls calls,
            Callbacks callbacks,
            LongSupplier clock) {
        this.reactorName = config.name();
        this.busyPollNanos = IReactorTime.toNanos(config.busyPoll());
        this.clock = clock;
        this.poller = poller;
        this.sink = sink;
        this.waker = waker;
        this.calls = calls;
        this.callbacks = callbacks;
    }

    /** @param timeoutNanos as {@link Poller#poll}; {@code Long.MAX_VALUE} has no limit either */
    void sleep(long timeoutNanos) {
        callbacks.events().goesToWait();
        if (timeoutNanos == 0) {
            poll(0);
        } else if (busyPollNanos == 0) {
            pollAsleep(timeoutNanos);
        } else {
            pollBusily(timeoutNanos < 0 ? Long.MAX_VALUE : timeoutNanos);
        }
        callbacks.events().awake();
    }

    private void pollBusily(long timeoutNanos) {
        long startNanos = clock.getAsLong();
        long limitNanos = Math.min(busyPollNanos, timeoutNanos);
        long elapsedNanos = 0;
        while (elapsedNanos < limitNanos) {
            if (poll(0) > 0 || !calls.isEmpty()) {
                return;
            }
            elapsedNanos = clock.getAsLong() - startNanos;
        }
        if (timeoutNanos == Long.MAX_VALUE) {
            pollAsleep(timeoutNanos);
        } else if (elapsedNanos < timeoutNanos) {
            pollAsleep(timeoutNanos - elapsedNanos);
        }
    }

    private void pollAsleep(long timeoutNanos) {
        if (calls.isEmpty()) {
            waker.beforeSleep();
            if (calls.isEmpty()) {
                callbacks.counters().waits++;
                poll(timeoutNanos == Long.MAX_VALUE ? -1 : timeoutNanos);
                waker.afterSleep();
                return;
            }
            waker.afterSleep();
        }
        poll(0);
    }

    /** @return how many events the sink has heard of */
    private int poll(long timeoutNanos) {
        try {
            int found = poller.poll(timeoutNanos, sink);
            pollFailures = 0;
            return found;
        } catch (IOException | RuntimeException e) {
            callbacks.report(e, "the wait for descriptors", null);
            if (++pollFailures >= POLL_FAILURES) {
                throw new PollFailed(reactorName, e);
            }
            return 0;
        }
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
