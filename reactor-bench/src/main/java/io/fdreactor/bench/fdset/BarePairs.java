// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.fdset;

import io.fdreactor.bench.bare.Calls;
import io.fdreactor.bench.bare.Flags;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A loop over epoll without a framework: a table of handlers, found by what the kernel hands back. */
final class BarePairs extends PairLoop {
    private static final int CAPACITY = 256;
    private static final int EVENT_SIZE = Flags.EVENT_DATA + 8;

    private final Calls calls;
    private final NumberedPairs pairs;
    private final Handler[] handlers;
    private final int set;
    private final ByteBuffer events =
            ByteBuffer.allocateDirect(CAPACITY * EVENT_SIZE).order(ByteOrder.nativeOrder());
    private final ByteBuffer one = ByteBuffer.allocateDirect(1);
    private final long eventsAddress;
    private final long oneAddress;

    BarePairs(Calls calls, Load load) throws IOException {
        super(load.pairs());
        this.calls = calls;
        eventsAddress = calls.address(events);
        oneAddress = calls.address(one);
        handlers = new Handler[load.pairs()];
        for (int i = 0; i < handlers.length; i++) {
            int pair = i;
            handlers[i] = () -> readable(pair);
        }
        pairs = new NumberedPairs(calls, load);
        set = calls.epollCreate();
    }

    @Override
    void watch() throws IOException {
        for (int i = 0; i < pairs.size(); i++) {
            events.putInt(0, Flags.EPOLLIN).putLong(Flags.EVENT_DATA, i);
            calls.check(calls.epollControl(set, Flags.EPOLL_CTL_ADD, pairs.readEnd(i), eventsAddress), "epoll_ctl");
        }
    }

    @Override
    void unwatch() throws IOException {
        for (int i = 0; i < pairs.size(); i++) {
            calls.check(calls.epollControl(set, Flags.EPOLL_CTL_DEL, pairs.readEnd(i), eventsAddress), "epoll_ctl");
        }
    }

    @Override
    void serve() throws IOException {
        while (!isOver()) {
            int count = (int) calls.check(calls.epollWait(set, eventsAddress, CAPACITY, -1), "epoll_wait");
            for (int i = 0; i < count; i++) {
                handlers[(int) events.getLong(i * EVENT_SIZE + Flags.EVENT_DATA)].ready();
            }
        }
    }

    @Override
    void read(int pair) throws IOException {
        calls.check(calls.read(pairs.readEnd(pair), oneAddress, 1), "read");
    }

    @Override
    void write(int pair) throws IOException {
        calls.check(calls.write(pairs.writeEnd(pair), oneAddress, 1), "write");
    }

    @Override
    public void close() {
        calls.close(set);
        pairs.close();
    }

    private interface Handler {
        void ready() throws IOException;
    }
}
