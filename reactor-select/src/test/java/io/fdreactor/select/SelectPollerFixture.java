// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.core.spi.Watch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A poller, what it has reported, and channels to watch, which are closed after the test. */
abstract class SelectPollerFixture {
    static final long FOR_EVER = -1;
    static final long NO_TIME = 0;

    final List<AutoCloseable> opened = new ArrayList<>();
    final Map<Long, Integer> ready = new TreeMap<>();
    SelectPoller poller;

    /** What the core would make of a channel. */
    record TestWatch(SelectableChannel channel, int slot, int generation) implements Watch {
        @Override
        public int fd() {
            return -1;
        }

        @Override
        public long token() {
            return (long) generation << 32 | slot;
        }
    }

    @BeforeEach
    void open() throws IOException {
        poller = opened(new SelectPoller());
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable it : opened) {
            it.close();
        }
    }

    final <T extends AutoCloseable> T opened(T it) {
        opened.add(it);
        return it;
    }

    final Pipe pipe() throws IOException {
        Pipe pipe = Pipe.open();
        opened(pipe.source()).configureBlocking(false);
        opened(pipe.sink()).configureBlocking(false);
        return pipe;
    }

    static void fill(Pipe pipe) throws IOException {
        pipe.sink().write(ByteBuffer.allocate(1));
    }

    static void drain(Pipe pipe) throws IOException {
        pipe.source().read(ByteBuffer.allocate(64));
    }

    static TestWatch watch(SelectableChannel channel, int slot) {
        return new TestWatch(channel, slot, 1);
    }

    /** Polls, and puts what was ready into {@link #ready}. */
    final int poll(long timeoutNanos) throws IOException {
        ready.clear();
        return poller.poll(timeoutNanos, (token, events) -> {
            assertThat(ready.put(token, events)).as("told twice").isNull();
        });
    }

    /** Two connected sockets, neither of which blocks. */
    final SocketChannel[] pair() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel client = opened(SocketChannel.open(server.getLocalAddress()));
            SocketChannel accepted = opened(server.accept());
            client.configureBlocking(false);
            accepted.configureBlocking(false);
            return new SocketChannel[] {client, accepted};
        }
    }
}
