// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.core.spi.Watch;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Knows what is registered, and passes on what {@link #retell} makes of each event. */
class BookkeepingPoller extends ForwardingPoller {
    /** By token. */
    protected final Map<Long, Entry> entries = new HashMap<>();

    /** A registration. */
    protected record Entry(Watch watch, int interest) {}

    BookkeepingPoller(Poller good) {
        super(good);
    }

    @Override
    public Registration register(Watch watch, int interest) throws IOException {
        Registration registration = super.register(watch, interest);
        if (registration == Registration.WATCHED) {
            entries.put(watch.token(), new Entry(watch, interest));
        }
        return registration;
    }

    @Override
    public boolean modify(Watch watch, int interest) throws IOException {
        boolean known = super.modify(watch, interest);
        entries.put(watch.token(), new Entry(watch, interest));
        return known;
    }

    @Override
    public void deregister(Watch watch) {
        entries.remove(watch.token());
        super.deregister(watch);
    }

    @Override
    public int poll(long timeoutNanos, ReadySink sink) throws IOException {
        return super.poll(timeoutNanos, (token, events) -> {
            Entry entry = entries.get(token);
            int told = entry == null ? events : retell(entry, events);
            if (told != 0) {
                sink.ready(token, told);
            }
        });
    }

    /** @return what is told instead of the events; 0 for nothing */
    protected int retell(Entry entry, int events) {
        return events;
    }
}
