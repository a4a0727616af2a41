// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.PollerTrace;
import io.fdreactor.PollerTrace.Call;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.core.spi.Watch;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells the trace of each call before passing on its outcome. Stands in the way only if there is a trace. */
public final class TracingPoller implements Poller {
    private final Poller poller;
    private final PollerTrace trace;
    private final Callbacks callbacks;
    private final ReadySink tracingSink = this::ready;
    private ReadySink sink = (token, events) -> {};

    /** The first failure of the trace that isn't reported yet. A wake-up, on any thread, may set it. */
    private volatile @Nullable Throwable failure;

    public TracingPoller(Poller poller, PollerTrace trace, Callbacks callbacks) {
        this.poller = poller;
        this.trace = trace;
        this.callbacks = callbacks;
    }

    /** A trace that fails changes nothing of the call that it is told of. */
    private void record(Call call, int fd, int slot, int events, long result) {
        try {
            trace.record(call, fd, slot, events, result);
        } catch (Throwable thrown) {
            if (failure == null) {
                failure = thrown;
            }
        }
    }

    /** Outside the poller's calls, and on the loop's thread. */
    private void reportFailure() {
        Throwable thrown = failure;
        if (thrown != null) {
            failure = null;
            callbacks.failed(thrown, "a poller's trace", null);
        }
    }

    @Override
    public Registration register(Watch watch, int interest) throws IOException {
        long result = -1;
        try {
            Registration registration = poller.register(watch, interest);
            result = registration == Registration.WATCHED ? 1 : 0;
            return registration;
        } finally {
            record(Call.REGISTER, watch.fd(), watch.slot(), interest, result);
        }
    }

    @Override
    public boolean modify(Watch watch, int interest) throws IOException {
        long result = -1;
        try {
            boolean known = poller.modify(watch, interest);
            result = known ? 1 : 0;
            return known;
        } finally {
            record(Call.MODIFY, watch.fd(), watch.slot(), interest, result);
        }
    }

    @Override
    public boolean isCurrent(Watch watch) {
        boolean current = poller.isCurrent(watch);
        record(Call.IS_CURRENT, watch.fd(), watch.slot(), 0, current ? 1 : 0);
        return current;
    }

    @Override
    public void deregister(Watch watch) {
        record(Call.DEREGISTER, watch.fd(), watch.slot(), 0, 0);
        poller.deregister(watch);
    }

    @Override
    public int poll(long timeoutNanos, ReadySink target) throws IOException {
        sink = Objects.requireNonNull(target);
        record(Call.POLL, -1, -1, 0, timeoutNanos);
        long result = -1;
        try {
            int ready = poller.poll(timeoutNanos, tracingSink);
            result = ready;
            return ready;
        } finally {
            record(Call.POLLED, -1, -1, 0, result);
            reportFailure();
        }
    }

    private void ready(long token, int events) {
        record(Call.READY, -1, (int) token, events, token >>> 32);
        sink.ready(token, events);
    }

    @Override
    public void wakeup() {
        record(Call.WAKEUP, -1, -1, 0, 0);
        poller.wakeup();
    }

    @Override
    public boolean rebuild() throws IOException {
        long result = -1;
        try {
            boolean rebuilt = poller.rebuild();
            result = rebuilt ? 1 : 0;
            return rebuilt;
        } finally {
            record(Call.REBUILD, -1, -1, 0, result);
        }
    }

    @Override
    public void close() {
        record(Call.CLOSE, -1, -1, 0, 0);
        poller.close();
    }
}
