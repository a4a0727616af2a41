// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.WriteDescriptor;
import io.fdreactor.core.loop.OwnDescriptor;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/** A socket between its connect and the answer: becomes writable, or hangs up, when the answer is there. */
final class PendingStream extends OwnDescriptor implements WriteDescriptor {
    private final TcpReactor tcp;
    private final TcpConnector connector;
    private final StreamSocket socket;
    private final InetSocketAddress remote;

    PendingStream(TcpReactor tcp, TcpConnector connector, StreamSocket socket, InetSocketAddress remote) {
        this.tcp = tcp;
        this.connector = connector;
        this.socket = socket;
        this.remote = remote;
    }

    void start() {
        tcp.loop().descriptors().addWriter(this);
        tcp.opened(this);
    }

    @Override
    public void doWrite() {
        try {
            if (socket.finishConnect()) {
                tcp.loop().descriptors().forget(this);
                tcp.closed(this);
                connector.connected(socket);
            }
        } catch (IOException e) {
            close();
            connector.failedToConnect(remote, e);
        }
    }

    /** A hang-up without room to write; or the reactor ends. */
    @Override
    public void connectionLost(Throwable reason) {
        IOException why = reason instanceof IOException io ? io : new IOException(reason);
        try {
            socket.finishConnect();
        } catch (IOException e) {
            why = e;
        }
        close();
        connector.failedToConnect(remote, why);
    }

    /** Frees it without telling anybody. */
    void close() {
        tcp.loop().descriptors().forget(this);
        tcp.closed(this);
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
