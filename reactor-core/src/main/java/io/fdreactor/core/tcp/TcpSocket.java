// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.core.loop.Loop;
import io.fdreactor.core.loop.OwnDescriptor;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import io.fdreactor.net.TcpTransport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/**
 * The socket of a connection: whom it connects, what can be asked of it and set, until it is closed.
 *
 * <p>Whatever a user may call through {@link TcpTransport} checks the thread, for a backend's sockets share the memory for
 * the arguments of their system calls. The methods of a descriptor, which the loop alone calls, don't.
 */
abstract class TcpSocket extends OwnDescriptor implements TcpTransport {
    final Loop loop;
    final StreamSocket socket;
    private final SocketAddress peer;
    private SocketAddress host;
    private boolean hostKnown;
    private boolean closed;

    /** @param host this side's address, or the port's if that is all that is known so far */
    TcpSocket(Loop loop, StreamSocket socket, SocketAddress peer, SocketAddress host, boolean hostKnown) {
        this.loop = loop;
        this.socket = socket;
        this.peer = peer;
        this.host = host;
        this.hostKnown = hostKnown;
    }

    final boolean isClosed() {
        return closed;
    }

    final void close() {
        closed = true;
        loop.callbacks().counters().connectionsLost++;
        socket.close();
    }

    /** Doesn't change, and was asked for when the connection was made: any thread may read it. */
    @Override
    public final SocketAddress getPeer() {
        return peer;
    }

    @Override
    public final SocketAddress getHost() {
        loop.checkThread();
        if (!hostKnown && !closed) {
            try {
                host = socket.localAddress();
                hostKnown = true;
            } catch (IOException e) {
                // Then the port's address has to do.
                hostKnown = true;
            }
        }
        return host;
    }

    @Override
    public final boolean getTcpNoDelay() throws IOException {
        loop.checkThread();
        return socket.noDelay();
    }

    @Override
    public final void setTcpNoDelay(boolean enabled) throws IOException {
        loop.checkThread();
        socket.noDelay(enabled);
    }

    @Override
    public final boolean getTcpKeepAlive() throws IOException {
        loop.checkThread();
        return socket.keepAlive();
    }

    @Override
    public final void setTcpKeepAlive(boolean enabled) throws IOException {
        loop.checkThread();
        socket.keepAlive(enabled);
    }

    @Override
    public final int fileno() {
        return socket.fileno();
    }

    @Override
    public final @Nullable SelectableChannel channel() {
        return socket.channel();
    }

    /** For logs, so from any thread: makes no system call. */
    @Override
    public final String toString() {
        return "TCP connection " + Failures.text(host) + " - " + Failures.text(peer);
    }
}
