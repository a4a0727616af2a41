// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.timers;

import io.fdreactor.DelayedCall;
import io.fdreactor.Reactor;
import io.fdreactor.selection.Reactors;

/** A reactor's delayed calls. It is turned by hand, so what is due is run by a whole turn with its wait. */
final class ReactorScheduler implements Scheduler {
    private final Reactor reactor = Reactors.open();
    private final Runnable call;

    ReactorScheduler(Runnable call) {
        this.call = call;
    }

    @Override
    public Object schedule(long delayNanos) {
        return reactor.callLater(delayNanos, call);
    }

    @Override
    public void cancel(Object timer) {
        ((DelayedCall) timer).cancel();
    }

    @Override
    public Object reset(Object timer, long delayNanos) {
        ((DelayedCall) timer).reset(delayNanos);
        return timer;
    }

    @Override
    public void runDue() {
        reactor.iterate(0);
    }

    @Override
    public void close() {
        reactor.close();
    }
}
