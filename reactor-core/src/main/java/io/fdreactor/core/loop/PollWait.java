// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.IReactorTime;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReactorException;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.internal.Printable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * A turn's one wait. Before a sleep it says so, then looks at the calls from other threads once more: whoever adds one
 * later finds a loop that sleeps, and wakes it. Who has added one before needn't, so nothing is said while there are any.
 *
 * <p>A reactor that was opened with a busy poll looks for so long before it sleeps, and needn't be woken meanwhile: it
 * looks at the calls each time.
 *
 * <p>A poll that fails, for want of memory for one, is reported once and tried again after a pause, and after longer ones
 * while that goes on; timers and calls from threads are made meanwhile. After a minute the loop gives up.
 */
final class PollWait {
    /** How long the poller may do nothing but fail. */
    private static final long GIVE_UP_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** How long a call from a thread may have to wait for the end of a pause, which no wake-up ends. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final String reactorName;
    private final Poller poller;
    private final ReadySink sink;
    private final Waker waker;
    private final ThreadCalls calls;
    private final Callbacks callbacks;
    private final LongSupplier clock;
    private final long busyPollNanos;
    /** How long the next pause is; 0 if the last poll didn't fail. */
    private long pauseNanos;

    private long failingSinceNanos;

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
            pauseNanos = 0;
            return found;
        } catch (IOException | RuntimeException e) {
            failed(e);
            if (timeoutNanos != 0) {
                pause(timeoutNanos < 0 ? pauseNanos : Math.min(pauseNanos, timeoutNanos));
                pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
            }
            return 0;
        }
    }

    private void failed(Exception e) {
        long nowNanos = clock.getAsLong();
        if (pauseNanos == 0) {
            pauseNanos = FIRST_PAUSE_NANOS;
            failingSinceNanos = nowNanos;
            callbacks.report(
                    new IOException(
                            "the reactor [" + Printable.text(reactorName) + "] can't wait for its descriptors for now: "
                                    + (e.getMessage() == null ? e : e.getMessage())
                                    + "; timers and calls from threads go on, and it is tried again",
                            e),
                    "the wait for descriptors",
                    null);
        } else if (nowNanos - failingSinceNanos >= GIVE_UP_NANOS) {
            throw new PollFailed(reactorName, e);
        }
    }

    /** Waits without the poller. */
    private void pause(long nanos) {
        boolean interrupted = Thread.interrupted();
        long endNanos = System.nanoTime() + nanos;
        long leftNanos = nanos;
        while (leftNanos > 0 && calls.isEmpty()) {
            LockSupport.parkNanos(this, Math.min(leftNanos, LOOK_NANOS));
            interrupted |= Thread.interrupted();
            leftNanos = endNanos - System.nanoTime();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The poller doesn't work any more. */
    private static final class PollFailed extends ReactorException {
        private static final long serialVersionUID = 1;

        PollFailed(String reactor, Exception cause) {
            super(
                    "FDR-POLL-FAILED",
                    "the reactor [" + reactor
                            + "] has ended because its poller has done nothing but fail for a minute: "
                            + cause.getMessage(),
                    cause);
        }
    }
}
