// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.PollerTrace;
import io.fdreactor.PollerTrace.Call;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one wait of a turn, and what ends it early. The loop says that it sleeps, looks at its queue again, and sleeps;
 * whoever wakes it fills the queue first. A Selector remembers a wake-up that comes too early.
 */
class Wait {
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final @Nullable PollerTrace trace;
    private final Selector selector;
    /** Of the loop's thread; kept from the Selector, which wouldn't wait, and given back at the end. */
    private boolean interrupted;

    Wait(Loop loop) {
        this.trace = loop.config.trace();
        try {
            this.selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("no more descriptors for a selector", e);
        }
    }

    Selector selector() {
        return selector;
    }

    /**
     * @param timeoutNanos {@code Long.MAX_VALUE} for no limit, 0 for no wait
     * @param busy whether something waits for a turn
     */
    void await(long timeoutNanos, BooleanSupplier busy) {
        clearInterrupt();
        try {
            if (timeoutNanos == 0) {
                select(0);
                return;
            }
            asleep.set(true);
            select(busy.getAsBoolean() ? 0 : timeoutNanos);
            asleep.set(false);
        } catch (IOException e) {
            throw new UncheckedIOException("the selector fails", e);
        }
    }

    private void select(long timeoutNanos) throws IOException {
        record(Call.POLL, timeoutNanos);
        int ready = timeoutNanos == 0
                ? selector.selectNow()
                : timeoutNanos == Long.MAX_VALUE ? selector.select() : selector.select(millis(timeoutNanos));
        record(Call.POLLED, ready);
    }

    /** Rounded up: to come back early is to come back again and again. */
    long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos - 1) + 1;
    }

    /** From any thread. Costs something only if the loop sleeps and nobody else has woken it. */
    void wake() {
        if (asleep.compareAndSet(true, false)) {
            wakeup();
        }
    }

    void wakeup() {
        record(Call.WAKEUP, 0);
        selector.wakeup();
    }

    void clearInterrupt() {
        interrupted |= Thread.interrupted();
    }

    void giveInterruptBack() {
        if (interrupted) {
            interrupted = false;
            Thread.currentThread().interrupt();
        }
    }

    void close() {
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the selector can't be closed", e);
        }
    }

    private void record(Call call, long result) {
        if (trace != null) {
            trace.record(call, -1, -1, 0, result);
        }
    }
}
