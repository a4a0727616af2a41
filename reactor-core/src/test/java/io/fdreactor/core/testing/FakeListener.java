// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.testing;

import io.fdreactor.core.spi.Ready;
import io.fdreactor.core.spi.Sockets.AcceptFailed;
import io.fdreactor.core.spi.Sockets.ListenSocket;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A listening socket, at which those connect whom the test lets. It is readable while somebody waits. */
public final class FakeListener extends FakeHandle implements ListenSocket {
    private static final int PICKED_PORT = 4711;

    private final InetSocketAddress address;
    /** Streams that wait, and exceptions to be thrown in their place. */
    private final Deque<Object> waiting = new ArrayDeque<>();

    private int accepts;

    FakeListener(FakeSockets sockets, int fd, InetSocketAddress address) {
        super(sockets, fd);
        this.address = address;
    }

    /** Somebody connects. */
    public FakeStream connect() {
        FakeStream stream = sockets.newStream();
        stream.establish();
        offer(stream);
        return stream;
    }

    /** The next accept (after those that wait already) throws this. */
    public void failAccept(Throwable thrown) {
        offer(thrown);
    }

    /** How often it was asked to accept. */
    public int accepts() {
        return accepts;
    }

    /** Whoever waits gives up: what the kernel does with those whom nobody has accepted. */
    public void turnAway() {
        for (Object next = waiting.poll(); next != null; next = waiting.poll()) {
            if (next instanceof FakeStream stream) {
                stream.close();
            }
        }
        sockets.poller().ready(fd(), 0);
    }

    private void offer(Object next) {
        waiting.add(next);
        sockets.poller().ready(fd(), Ready.READ);
    }

    @Override
    public @Nullable StreamSocket accept() throws IOException {
        requireOpen();
        accepts++;
        if (waiting.peek() instanceof FakeStream) {
            try {
                sockets.takeDescriptor();
            } catch (IOException e) {
                throw new AcceptFailed(AcceptFailed.Kind.PROCESS_LIMIT, e);
            }
        }
        Object next = waiting.poll();
        if (waiting.isEmpty()) {
            sockets.poller().ready(fd(), 0);
        }
        if (next instanceof IOException thrown) {
            throw thrown;
        }
        if (next instanceof Error thrown) {
            throw thrown;
        }
        return (FakeStream) next;
    }

    @Override
    public void close() {
        super.close();
        turnAway();
    }

    @Override
    public SocketAddress localAddress() {
        return address.getPort() == 0 ? new InetSocketAddress(address.getAddress(), PICKED_PORT) : address;
    }
}
