// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import com.google.common.net.InetAddresses;
import io.fdreactor.ConnectionDone;
import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import io.fdreactor.core.loop.Loop;
import io.fdreactor.core.names.AddressOrder;
import io.fdreactor.core.names.Lookup;
import io.fdreactor.core.observe.SafeText;
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
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A connector's life, and what its factory hears of it: looks the name up, lets its addresses race for a connection,
 * and tells the factory once how it went. May be used again and again.
 *
 * <p>While it is connecting, it has a time-out, if one is wanted, and one of these: a call that is to begin or to end the
 * attempt, a look-up, a race. Giving up ends all of them, so nothing of an old attempt comes through to a new one.
 */
final class TcpConnector implements Connector, ConnectionOwner, Lookup.Asker, ConnectionRace.ConnectListener {
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
    private @Nullable DelayedCall timeout;
    private @Nullable DelayedCall next;
    private @Nullable Lookup lookup;
    private @Nullable ConnectionRace race;
    private @Nullable TcpConnection connection;

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
            timeout = loop.timers().schedule(IReactorTime.toNanos(options.timeout()), this::timedOut);
        }
        next = loop.timers().schedule(0, this::lookUp);
        try {
            factory.startedConnecting(this);
        } catch (Throwable thrown) {
            loop.callbacks().failed(thrown, "startedConnecting", null);
        }
    }

    private void lookUp() {
        next = null;
        Lookup begun = tcp.names().lookup(host, this);
        lookup = begun;
        begun.start();
    }

    @Override
    public void notFound(Throwable reason) {
        lookup = null;
        failed(new ConnectFailed.UnknownHost(host, reason));
    }

    @Override
    public void found(List<InetAddress> addresses) {
        lookup = null;
        InetSocketAddress local = options.bindAddress();
        if (local != null && local.isUnresolved()) {
            failed(new ConnectFailed.BindFailed(
                    Failures.text(local),
                    new UnknownHostException("it is a name without an address; give an address such as 127.0.0.1")));
            return;
        }
        List<InetAddress> usable = local == null ? addresses : AddressOrder.ofFamily(local.getAddress(), addresses);
        if (usable.isEmpty()) {
            failed(new ConnectFailed.BindFailed(
                    Failures.text(local),
                    new IOException("[" + destination() + "] has addresses of another family only: "
                            + SafeText.of(addresses))));
            return;
        }
        List<InetSocketAddress> remotes = AddressOrder.interleaved(usable).stream()
                .map(address -> new InetSocketAddress(address, port))
                .toList();
        ConnectionRace begun = new ConnectionRace(tcp, remotes, options, this);
        race = begun;
        begun.start();
    }

    @Override
    public void allFailed(List<ConnectFailed> reasons) {
        failed(ConnectFailed.atEveryAddress(destination(), reasons));
    }

    private void timedOut() {
        timeout = null;
        if (race != null) {
            // The loop may have stalled, and the connection be there.
            race.lookAtKernel();
        }
        if (state != State.CONNECTING) {
            return;
        }
        ConnectFailed late = new ConnectFailed.TimedOut(destination(), null);
        if (race != null) {
            race.failures().forEach(late::addSuppressed);
        }
        failed(late);
    }

    @Override
    public void connected(PendingStream.Established established) {
        race = null;
        cancelTimers();
        state = State.CONNECTED;
        tcp.doneConnecting(this);
        SocketAddress peer = established.peer();
        Protocol protocol;
        try {
            protocol = factory.buildProtocol(peer);
        } catch (Throwable thrown) {
            established.socket().close();
            loop.callbacks().failed(thrown, "buildProtocol", null);
            connectionLost(thrown);
            return;
        }
        if (protocol == null) {
            established.socket().close();
            connectionLost(ConnectionDone.INSTANCE);
            return;
        }
        TcpConnection made;
        try {
            made = new TcpConnection(
                    tcp, established.socket(), peer, established.host(), protocol, options.tcp(), this);
        } catch (Throwable thrown) {
            established.socket().close();
            loop.callbacks().failed(thrown, "connect", null);
            connectionLost(thrown);
            return;
        }
        loop.callbacks().counters().connectionsMade++;
        connection = made;
        made.start();
    }

    /** The connection that was made is gone, and its protocol knows. */
    @Override
    public void connectionLost(Throwable reason) {
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
        cancelTimers();
        Lookup asked = lookup;
        lookup = null;
        if (asked != null) {
            asked.cancel();
        }
        ConnectionRace begun = race;
        race = null;
        if (begun != null) {
            begun.cancel();
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
