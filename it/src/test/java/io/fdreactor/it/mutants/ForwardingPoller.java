// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.core.spi.Watch;
import java.io.IOException;

/** Does what another one does; a mutant does one thing otherwise. */
class ForwardingPoller implements Poller {
    protected final Poller good;

    ForwardingPoller(Poller good) {
        this.good = good;
    }

    @Override
    public Registration register(Watch watch, int interest) throws IOException {
        return good.register(watch, interest);
    }

    @Override
    public boolean modify(Watch watch, int interest) throws IOException {
        return good.modify(watch, interest);
    }

    @Override
    public boolean isCurrent(Watch watch) {
        return good.isCurrent(watch);
    }

    @Override
    public void deregister(Watch watch) {
        good.deregister(watch);
    }

    @Override
    public int poll(long timeoutNanos, ReadySink sink) throws IOException {
        return good.poll(timeoutNanos, sink);
    }

    @Override
    public void wakeup() {
        good.wakeup();
    }

    @Override
    public boolean rebuild() throws IOException {
        return good.rebuild();
    }

    @Override
    public void close() {
        good.close();
    }
}
