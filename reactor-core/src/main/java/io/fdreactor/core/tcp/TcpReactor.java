// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import com.google.common.net.InetAddresses;
import io.fdreactor.ConnectionAborted;
import io.fdreactor.ConnectionLost;
import io.fdreactor.ReactorConfig;
import io.fdreactor.core.loop.Loop;
import io.fdreactor.core.loop.OwnDescriptor;
import io.fdreactor.core.names.Names;
import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets;
import io.fdreactor.internal.Printable;
import io.fdreactor.net.CannotListen;
import io.fdreactor.net.ClientFactory;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import io.fdreactor.net.Factory;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.spi.ConnectionReceiver;
import io.fdreactor.spi.IReactorHandOver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The TCP facets, and what its transports share: the buffer that all read into, the chunks that all write from, and
 * the lists of all that is open or connecting, so that it can be ended with the reactor even while nothing of it is
 * watched.
 */
public final class TcpReactor implements IReactorTCP, IReactorHandOver {
    private static final String ANY_IPV4 = "0.0.0.0";

    private final Loop loop;
    private final Sockets sockets;
    private final Names names;
    private final int readBufferBytes;
    private final BufferPool pool;
    private final IoBuffer[] gather = WriteQueue.newGather();
    private final Set<OwnDescriptor> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<TcpConnector> connecting = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<AcceptPause> waiting = new ArrayList<>();
    private boolean retries;
    private final FactoryUses factories;
    private @Nullable IoBuffer readBuffer;

    public TcpReactor(Loop loop, Sockets sockets, Names names, ReactorConfig config) {
        this.loop = loop;
        this.sockets = sockets;
        this.names = names;
        this.readBufferBytes = config.readBufferBytes();
        this.pool = new BufferPool(sockets, config.maxBufferedBytes());
        this.factories = new FactoryUses(loop.callbacks());
        FailureClasses.load(loop);
        loop.atEnd(this::loseAll);
    }

    @Override
    public ListeningPort listenTCP(int port, Factory factory, ListenOptions options) throws CannotListen {
        loop.check();
        Objects.requireNonNull(factory, "a factory can't be null");
        return listen(port, new FactorySink(this, factory), options);
    }

    @Override
    public ConnectionReceiver receiveTCP(Factory factory) {
        loop.check();
        Objects.requireNonNull(factory, "a factory can't be null");
        TcpReceiver receiver = new TcpReceiver(this, factory);
        receiver.start();
        return receiver;
    }

    @Override
    public ListeningPort listenTCP(int port, List<? extends ConnectionReceiver> receivers, ListenOptions options)
            throws CannotListen {
        loop.check();
        return listen(port, new RoundRobin(this, receivers), options);
    }

    private ListeningPort listen(int port, ConnectionSink sink, ListenOptions options) throws CannotListen {
        String host = options.bindAddress().isEmpty() ? ANY_IPV4 : options.bindAddress();
        TcpPort listening = new TcpPort(this, new InetSocketAddress(literal(host), port(port, 0)), sink, options);
        listening.startListening();
        return listening;
    }

    @Override
    public Connector connectTCP(String host, int port, ClientFactory factory, ConnectOptions options) {
        loop.check();
        Objects.requireNonNull(factory, "a factory can't be null");
        Objects.requireNonNull(host, "a host can't be null");
        if (host.isEmpty()) {
            throw new IllegalArgumentException("a host is a name or an address, not []");
        }
        TcpConnector connector = new TcpConnector(this, host, port(port, 1), factory, options);
        connector.connect();
        return connector;
    }

    private static int port(int port, int least) {
        if (port < least || port > 65535) {
            throw new IllegalArgumentException("a port is a number from " + least + " to 65535, not [" + port + "]");
        }
        return port;
    }

    private static InetAddress literal(String host) {
        if (!InetAddresses.isInetAddress(host)) {
            throw new IllegalArgumentException(
                    "an address to listen on is an IPv4 or IPv6 address such as 127.0.0.1 or ::1, not ["
                            + Printable.text(host) + "]");
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "[" + Printable.text(host) + "] is no address of this machine: " + Failures.why(e), e);
        }
    }

    Loop loop() {
        return loop;
    }

    Sockets sockets() {
        return sockets;
    }

    Names names() {
        return names;
    }

    /**
     * The buffer for one read; its bytes are cleared.
     *
     * @throws BufferPool.Exhausted if there is no memory for it
     */
    IoBuffer readBuffer() {
        IoBuffer buffer = readBuffer;
        if (buffer == null) {
            buffer = pool.allocate(readBufferBytes);
            readBuffer = buffer;
        }
        return buffer;
    }

    /** The chunks that all write from. */
    BufferPool pool() {
        return pool;
    }

    WriteQueue newWriteQueue() {
        return new WriteQueue(pool, gather);
    }

    void opened(OwnDescriptor descriptor) {
        open.add(descriptor);
    }

    /** One less is open, so that a port that waits for a descriptor may go on once this one is really gone. */
    void closed(OwnDescriptor descriptor) {
        open.remove(descriptor);
        if (!waiting.isEmpty() && !retries) {
            retries = true;
            loop.afterPoll(this::retryAccepting);
        }
    }

    private void retryAccepting() {
        retries = false;
        List.copyOf(waiting).forEach(AcceptPause::tryAgain);
    }

    /** A port's pause has begun. */
    void waiting(AcceptPause pause) {
        waiting.add(pause);
    }

    /** A port's pause has ended. */
    void waitsNoMore(AcceptPause pause) {
        waiting.remove(pause);
    }

    /** Resets all connections of one owner. */
    void abortConnectionsOf(ConnectionOwner owner) {
        for (OwnDescriptor each : List.copyOf(open)) {
            if (each instanceof TcpConnection connection && connection.owner == owner && !connection.isClosed()) {
                connection.abort(ConnectionAborted.INSTANCE);
            }
        }
    }

    /** An attempt to connect begins: it has to be told if the reactor ends before it does. */
    void connecting(TcpConnector connector) {
        connecting.add(connector);
    }

    /** An attempt to connect has ended, one way or the other. */
    void doneConnecting(TcpConnector connector) {
        connecting.remove(connector);
    }

    /** @return whether there was anything to end */
    private boolean loseAll() {
        // What was written last may be the rest of something.
        loop.callbacks().flush();
        List<TcpConnector> attempts = List.copyOf(connecting);
        for (TcpConnector attempt : attempts) {
            // One that fails must not keep the others from hearing of it.
            loop.callbacks().guard(attempt::stopped, "stopConnecting", null);
        }
        List<OwnDescriptor> all = List.copyOf(open);
        for (OwnDescriptor descriptor : all) {
            loop.descriptors().lose(descriptor, ConnectionLost.INSTANCE);
        }
        return !attempts.isEmpty() || !all.isEmpty();
    }

    /** A port or connector begins to use a factory, which is started if it is the first. */
    void use(Factory factory) {
        factories.begin(factory);
    }

    /** A port or connector has done with a factory, which is stopped if it was the last. */
    void disuse(Factory factory) {
        factories.end(factory);
    }
}
