// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.loop;

import io.fdreactor.PollerTrace;
import io.fdreactor.PollerTrace.Call;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.core.spi.Watch;
import java.io.IOException;
import java.util.Objects;

/** Tells the trace of each call before passing on its outcome. Stands in the way only if there is a trace. */
public final class TracingPoller implements Poller {
    private final Poller poller;
    private final PollerTrace trace;
    private final ReadySink tracingSink = this::ready;
    private ReadySink sink = (token, events) -> {};

    public TracingPoller(Poller poller, PollerTrace trace) {
        this.poller = poller;
        this.trace = trace;
    }

    @Override
    public Registration register(Watch watch, int interest) throws IOException {
        long result = -1;
        try {
            Registration registration = poller.register(watch, interest);
            result = registration == Registration.WATCHED ? 1 : 0;
            return registration;
        } finally {
            trace.record(Call.REGISTER, watch.fd(), watch.slot(), interest, result);
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
            trace.record(Call.MODIFY, watch.fd(), watch.slot(), interest, result);
        }
    }

    @Override
    public boolean isCurrent(Watch watch) {
        boolean current = poller.isCurrent(watch);
        trace.record(Call.IS_CURRENT, watch.fd(), watch.slot(), 0, current ? 1 : 0);
        return current;
    }

    @Override
    public void deregister(Watch watch) {
        trace.record(Call.DEREGISTER, watch.fd(), watch.slot(), 0, 0);
        poller.deregister(watch);
    }

    @Override
    public int poll(long timeoutNanos, ReadySink target) throws IOException {
        sink = Objects.requireNonNull(target);
        trace.record(Call.POLL, -1, -1, 0, timeoutNanos);
        long result = -1;
        try {
            int ready = poller.poll(timeoutNanos, tracingSink);
            result = ready;
            return ready;
        } finally {
            trace.record(Call.POLLED, -1, -1, 0, result);
        }
    }

    private void ready(long token, int events) {
        trace.record(Call.READY, -1, (int) token, events, token >>> 32);
        sink.ready(token, events);
    }

    @Override
    public void wakeup() {
        trace.record(Call.WAKEUP, -1, -1, 0, 0);
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
            trace.record(Call.REBUILD, -1, -1, 0, result);
        }
    }

    @Override
    public void close() {
        trace.record(Call.CLOSE, -1, -1, 0, 0);
        poller.close();
    }
}
