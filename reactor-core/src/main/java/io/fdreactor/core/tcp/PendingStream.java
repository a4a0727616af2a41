// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.WriteDescriptor;
import io.fdreactor.core.loop.Loop;
import io.fdreactor.core.loop.OwnDescriptor;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.ConnectOptions;
import java.io.IOException;
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
            throw Failures.connect(Failures.text(remote), e);
        }
    }

    private void bind() throws ConnectFailed {
        InetSocketAddress local = options.bindAddress();
        if (local != null) {
            try {
                socket.bind(local);
            } catch (IOException e) {
                throw new ConnectFailed.BindFailed(Failures.text(local), e);
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
        } catch (IOException | RuntimeException e) {
            failed(e);
            return;
        }
        loop.descriptors().forget(this);
        race.won(this, established);
    }

    private Established established() throws IOException {
        Established established = new Established(socket, socket.remoteAddress(), socket.localAddress());
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
        } catch (IOException | RuntimeException e) {
            failed(e);
            return;
        }
        failed(reason);
    }

    private void failed(Throwable reason) {
        close();
        race.failed(this, Failures.connect(Failures.text(remote), reason));
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
