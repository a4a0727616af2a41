// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.WriteDescriptor;
import io.fdreactor.core.loop.Loop;
import io.fdreactor.core.loop.OwnDescriptor;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/** A socket between its connect and the answer: becomes writable, or hangs up, when the answer is there. */
final class PendingStream extends OwnDescriptor implements WriteDescriptor {
    private final Loop loop;
    private final TcpConnector connector;
    private final StreamSocket socket;
    private final InetSocketAddress remote;
    /** Whether it is connected or closed, and out of use either way. */
    private boolean done;

    PendingStream(Loop loop, TcpConnector connector, StreamSocket socket, InetSocketAddress remote) {
        this.loop = loop;
        this.connector = connector;
        this.socket = socket;
        this.remote = remote;
    }

    void start() {
        loop.descriptors().addWriter(this);
    }

    @Override
    public void doWrite() {
        boolean connected;
        try {
            connected = socket.finishConnect();
        } catch (IOException | RuntimeException e) {
            close();
            connector.failedToConnect(remote, e);
            return;
        }
        if (connected) {
            done = true;
            loop.descriptors().forget(this);
            connector.connected(socket);
        }
    }

    /** A hang-up without room to write; or it can't be watched any more. */
    @Override
    public void connectionLost(Throwable reason) {
        if (done) {
            return;
        }
        Throwable why = reason;
        try {
            socket.finishConnect();
        } catch (IOException | RuntimeException e) {
            why = e;
        }
        close();
        connector.failedToConnect(remote, why);
    }

    /** Frees it without telling anybody. */
    void close() {
        done = true;
        loop.descriptors().forget(this);
        socket.close();
    }

    @Override
    public int fileno() {
        return socket.fileno();
    }

    @Override
    public @Nullable SelectableChannel channel() {
        return socket.channel();
    }

    @Override
    public String toString() {
        return "TCP connection pending to " + Failures.text(remote);
    }
}
