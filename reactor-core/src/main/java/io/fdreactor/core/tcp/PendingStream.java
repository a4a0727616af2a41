// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.WriteDescriptor;
import io.fdreactor.core.loop.Loop;
import io.fdreactor.core.loop.OwnDescriptor;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.ConnectOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect to one address. Its socket becomes writable, or hangs up, when the answer is there. It has
 * succeeded when the socket is connected, its options are set and its addresses known; whoever takes part in a
 * {@link ConnectionRace} and loses, or fails, has closed its socket.
 */
final class PendingStream extends OwnDescriptor implements WriteDescriptor {
    private final Loop loop;
    private final ConnectionRace race;
    private final InetSocketAddress remote;
    private final StreamSocket socket;
    private final ConnectOptions options;
    /** Whether it is connected or closed, and out of use either way. */
    private boolean done;

    /** Takes the socket over. */
    PendingStream(
            Loop loop, ConnectionRace race, InetSocketAddress remote, StreamSocket socket, ConnectOptions options) {
        this.loop = loop;
        this.race = race;
        this.remote = remote;
        this.socket = socket;
        this.options = options;
    }

    /**
     * Begins.
     *
     * @return the connection if it is there at once; otherwise the race is told later
     * @throws IOException if the attempt has failed
     */
    @Nullable
    Established start() throws IOException {
        try {
            SocketOptions.beforeConnecting(socket, options.tcp());
            bind();
            if (socket.connect(remote)) {
                return established();
            }
            loop.descriptors().addWriter(this);
            return null;
        } catch (IOException | RuntimeException e) {
            close();
            throw failure(e);
        } catch (Throwable thrown) {
            close();
            throw thrown;
        }
    }

    private ConnectFailed failure(Throwable reason) {
        return Failures.connect(
                Failures.text(remote), reason instanceof ConnectFailed ? reason : Failures.withHint(remote, reason));
    }

    private void bind() throws ConnectFailed {
        InetSocketAddress local = options.bindAddress();
        if (local != null) {
            try {
                socket.bind(local);
            } catch (IOException | RuntimeException e) {
                // Channels throw unchecked exceptions as well.
                throw new ConnectFailed.BindFailed(Failures.text(local), Failures.withHint(local, e));
            }
        }
    }

    @Override
    public void doWrite() {
        Established established;
        try {
            if (!socket.finishConnect()) {
                return;
            }
            established = established();
        } catch (Throwable thrown) {
            failed(thrown);
            return;
        }
        loop.descriptors().forget(this);
        race.won(this, established);
    }

    private Established established() throws IOException {
        Established established = new Established(socket, socket.remoteAddress(), socket.localAddress());
        if (established.peer().equals(established.host())) {
            // The system has picked the port that this connects to (RFC 9293, 3.5: a simultaneous open).
            throw new ConnectException("the socket has connected to itself, as nobody listens there");
        }
        SocketOptions.whenConnected(socket, options.tcp());
        done = true;
        return established;
    }

    /** A hang-up without room to write; or it can't be watched any more. */
    @Override
    public void connectionLost(Throwable reason) {
        if (done) {
            return;
        }
        try {
            socket.finishConnect();
        } catch (Throwable thrown) {
            failed(thrown);
            return;
        }
        failed(reason);
    }

    private void failed(Throwable reason) {
        close();
        if (reason instanceof Error) {
            loop.callbacks().failed(reason, "connect", this);
        }
        race.failed(this, failure(reason));
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

    /** A socket that is connected and isn't watched, and whom it connects. */
    record Established(StreamSocket socket, SocketAddress peer, SocketAddress host) {}
}
