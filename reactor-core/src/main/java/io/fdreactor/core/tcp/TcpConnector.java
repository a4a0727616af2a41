// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import com.google.common.net.InetAddresses;
import io.fdreactor.ConnectionDone;
import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import io.fdreactor.ReactorClosed;
import io.fdreactor.ReactorException;
import io.fdreactor.core.loop.Loop;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import io.fdreactor.net.ClientFactory;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import io.fdreactor.net.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes a connection: looks the name up, tries its addresses one after another, and tells the factory once how it
 * went. May be used again and again.
 */
final class TcpConnector implements Connector {
    private enum State {
        IDLE,
        CONNECTING,
        CONNECTED
    }

    private final TcpReactor tcp;
    private final Loop loop;
    private final String host;
    private final int port;
    private final ClientFactory factory;
    private final ConnectOptions options;

    private State state = State.IDLE;
    private boolean usesFactory;
    /** Tells the attempts apart: an answer that belongs to an earlier one is ignored. */
    private int attempt;

    private @Nullable DelayedCall next;
    private @Nullable DelayedCall timeout;
    private @Nullable PendingStream pending;
    private @Nullable TcpConnection connection;
    private final Deque<InetAddress> addresses = new ArrayDeque<>();

    TcpConnector(TcpReactor tcp, String host, int port, ClientFactory factory, ConnectOptions options) {
        this.tcp = tcp;
        this.loop = tcp.loop();
        this.host = host;
        this.port = port;
        this.factory = factory;
        this.options = options;
    }

    @Override
    public void connect() {
        loop.check();
        if (state != State.IDLE) {
            throw new IllegalStateException("[" + this + "] is " + state.name().toLowerCase(Locale.ROOT)
                    + "; connect again once that has failed or is lost");
        }
        if (!usesFactory) {
            tcp.use(factory);
            usesFactory = true;
        }
        state = State.CONNECTING;
        attempt++;
        if (options.timeout() != null) {
            timeout = loop.timers()
                    .schedule(
                            IReactorTime.toNanos(options.timeout()),
                            () -> failed(new ConnectFailed.TimedOut(destination(), null)));
        }
        next = loop.timers().schedule(0, this::resolve);
        try {
            factory.startedConnecting(this);
        } catch (Throwable thrown) {
            loop.callbacks().failed(thrown, "startedConnecting", null);
        }
    }

    private void resolve() {
        next = null;
        if (InetAddresses.isInetAddress(host)) {
            // A literal: this asks nobody.
            lookUp(attempt).run();
            return;
        }
        int current = attempt;
        try {
            loop.workers().execute(() -> {
                Runnable answer = lookUp(current);
                try {
                    loop.callFromThread(answer);
                } catch (ReactorClosed e) {
                    // Nobody waits for it any more.
                    answer = null;
                }
            });
        } catch (ReactorClosed e) {
            failed(new ConnectFailed.Stopped(destination()));
        }
    }

    /** Asks for the addresses, on whatever thread this is; answers what to do on the reactor's. */
    private Runnable lookUp(int current) {
        try {
            List<InetAddress> found = List.of(InetAddress.getAllByName(host));
            return () -> resolved(current, found);
        } catch (UnknownHostException e) {
            return () -> {
                if (attempt == current) {
                    failed(new ConnectFailed.UnknownHost(host, e));
                }
            };
        }
    }

    private void resolved(int current, List<InetAddress> found) {
        if (attempt == current && state == State.CONNECTING) {
            addresses.clear();
            addresses.addAll(found);
            tryNext(null);
        }
    }

    /** Tries the next address, or fails with what the last one said. */
    private void tryNext(@Nullable ConnectFailed reason) {
        InetAddress address = addresses.poll();
        if (address == null) {
            failed(reason != null ? reason : new ConnectFailed.UnknownHost(host, null));
            return;
        }
        InetSocketAddress remote = new InetSocketAddress(address, port);
        StreamSocket socket;
        try {
            socket = tcp.sockets().openStream(address);
        } catch (IOException e) {
            tryNext(Failures.connect(Failures.text(remote), e));
            return;
        }
        try {
            bind(socket);
            if (socket.connect(remote)) {
                connected(socket);
            } else {
                pending = new PendingStream(tcp, this, socket, remote);
                pending.start();
            }
        } catch (ConnectFailed e) {
            socket.close();
            failed(e);
        } catch (IOException e) {
            socket.close();
            tryNext(Failures.connect(Failures.text(remote), e));
        } catch (ReactorException e) {
            pending = null;
            socket.close();
            failed(new ConnectFailed(Failures.text(remote), e));
        }
    }

    private void bind(StreamSocket socket) throws ConnectFailed {
        InetSocketAddress local = options.bindAddress();
        if (local != null) {
            try {
                socket.bind(local);
            } catch (IOException e) {
                throw new ConnectFailed.BindFailed(Failures.text(local), e);
            }
        }
    }

    /** A pending socket couldn't be connected, and is closed. */
    void failedToConnect(InetSocketAddress remote, IOException reason) {
        pending = null;
        tryNext(Failures.connect(Failures.text(remote), reason));
    }

    /** A socket is connected; it isn't watched. */
    void connected(StreamSocket socket) {
        pending = null;
        cancelTimers();
        SocketAddress peer;
        SocketAddress local;
        try {
            peer = socket.remoteAddress();
            local = socket.localAddress();
            if (options.noDelay()) {
                socket.noDelay(true);
            }
            if (options.keepAlive()) {
                socket.keepAlive(true);
            }
        } catch (IOException e) {
            socket.close();
            failed(Failures.connect(destination(), e));
            return;
        }
        state = State.CONNECTED;
        Protocol protocol;
        try {
            protocol = factory.buildProtocol(peer);
        } catch (Throwable thrown) {
            socket.close();
            loop.callbacks().failed(thrown, "buildProtocol", null);
            connectionLost(thrown);
            return;
        }
        if (protocol == null) {
            socket.close();
            connectionLost(ConnectionDone.INSTANCE);
            return;
        }
        connection = new TcpConnection(tcp, socket, peer, local, protocol, this);
        connection.start();
    }

    /** The connection that was made is gone, and its protocol knows. */
    void connectionLost(Throwable reason) {
        connection = null;
        state = State.IDLE;
        loop.callbacks().guard(() -> factory.clientConnectionLost(this, reason), "clientConnectionLost", null);
        doneUnlessReconnecting();
    }

    private void failed(ConnectFailed reason) {
        if (state != State.CONNECTING) {
            return;
        }
        attempt++;
        cancelTimers();
        addresses.clear();
        PendingStream unfinished = pending;
        pending = null;
        if (unfinished != null) {
            unfinished.close();
        }
        state = State.IDLE;
        loop.callbacks().guard(() -> factory.clientConnectionFailed(this, reason), "clientConnectionFailed", null);
        doneUnlessReconnecting();
    }

    private void doneUnlessReconnecting() {
        if (state == State.IDLE && usesFactory) {
            usesFactory = false;
            tcp.disuse(factory);
        }
    }

    private void cancelTimers() {
        if (next != null) {
            next.cancel();
            next = null;
        }
        if (timeout != null && timeout.active()) {
            timeout.cancel();
        }
        timeout = null;
    }

    @Override
    public void stopConnecting() {
        loop.check();
        if (state != State.CONNECTING) {
            throw new IllegalStateException("[" + this + "] isn't connecting, so that can't be stopped");
        }
        stop();
    }

    /** Ends an attempt in a later turn: the factory isn't told from inside the call that asked for it. */
    void stop() {
        int current = attempt;
        loop.timers().schedule(0, () -> {
            if (attempt == current) {
                failed(new ConnectFailed.Stopped(destination()));
            }
        });
    }

    @Override
    public void disconnect() {
        loop.check();
        if (state == State.CONNECTING) {
            stop();
        } else if (connection != null) {
            connection.loseConnection();
        }
    }

    @Override
    public InetSocketAddress getDestination() {
        return InetAddresses.isInetAddress(host)
                ? new InetSocketAddress(host, port)
                : InetSocketAddress.createUnresolved(host, port);
    }

    private String destination() {
        return Failures.text(InetSocketAddress.createUnresolved(host, port));
    }

    @Override
    public String toString() {
        return "connector to " + destination();
    }
}
