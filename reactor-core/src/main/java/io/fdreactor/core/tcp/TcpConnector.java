// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import com.google.common.net.InetAddresses;
import io.fdreactor.ConnectionDone;
import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import io.fdreactor.ReactorClosed;
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
    /** Counts the attempts that were given up: an answer that belongs to one of them is ignored. */
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
        tcp.connecting(this);
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
        int current = attempt;
        if (InetAddresses.isInetAddress(host)) {
            // A literal: this asks nobody.
            lookUp(current).run();
            return;
        }
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
            stopped();
        }
    }

    /** Asks for the addresses, on whatever thread this is; answers what to do on the reactor's. */
    private Runnable lookUp(int current) {
        try {
            List<InetAddress> found = List.of(tcp.resolver().resolve(host));
            return () -> resolved(current, found);
        } catch (UnknownHostException | RuntimeException e) {
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
        StreamSocket socket = null;
        try {
            socket = tcp.sockets().openStream(address);
            SocketOptions.beforeConnecting(socket, options.tcp());
            bind(socket);
            if (!socket.connect(remote)) {
                PendingStream unfinished = new PendingStream(loop, this, socket, remote);
                unfinished.start();
                pending = unfinished;
                return;
            }
        } catch (IOException | RuntimeException e) {
            if (socket != null) {
                socket.close();
            }
            tryNext(Failures.connect(Failures.text(remote), e));
            return;
        }
        connected(socket);
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
    void failedToConnect(InetSocketAddress remote, Throwable reason) {
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
            SocketOptions.whenConnected(socket, options.tcp());
        } catch (IOException e) {
            socket.close();
            failed(Failures.connect(destination(), e));
            return;
        }
        state = State.CONNECTED;
        tcp.doneConnecting(this);
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
        connection = new TcpConnection(tcp, socket, peer, local, protocol, options.tcp(), this);
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
        giveUp();
        state = State.IDLE;
        tcp.doneConnecting(this);
        loop.callbacks().guard(() -> factory.clientConnectionFailed(this, reason), "clientConnectionFailed", null);
        doneUnlessReconnecting();
    }

    /** Nothing that belongs to this attempt comes through any more. */
    private void giveUp() {
        attempt++;
        cancelTimers();
        addresses.clear();
        PendingStream unfinished = pending;
        pending = null;
        if (unfinished != null) {
            unfinished.close();
        }
    }

    private void doneUnlessReconnecting() {
        if (state == State.IDLE && usesFactory) {
            usesFactory = false;
            tcp.disuse(factory);
        }
    }

    private void cancelTimers() {
        cancel(next);
        next = null;
        cancel(timeout);
        timeout = null;
    }

    private static void cancel(@Nullable DelayedCall call) {
        if (call != null && call.active()) {
            call.cancel();
        }
    }

    @Override
    public void stopConnecting() {
        loop.check();
        if (state != State.CONNECTING) {
            throw new IllegalStateException("[" + this + "] isn't connecting, so that can't be stopped");
        }
        stop();
    }

    /** Ends an attempt; the factory hears of it in a later turn, not from inside the call that asked for it. */
    private void stop() {
        giveUp();
        next = loop.timers().schedule(0, this::stopped);
    }

    /** The attempt has ended on request, the reactor's if not its user's. */
    void stopped() {
        failed(new ConnectFailed.Stopped(destination()));
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
