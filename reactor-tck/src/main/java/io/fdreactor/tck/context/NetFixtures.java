// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.fdreactor.net.CannotListen;
import io.fdreactor.net.ClientFactory;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.TcpOptions;
import io.fdreactor.tck.fixture.ChannelEnd;
import io.fdreactor.tck.fixture.End;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** What the rules of NET are tried with: the facet, and plain sockets of the JDK for the other side. */
public final class NetFixtures implements AutoCloseable {
    /**
     * An address of this process alone, where all of 127.0.0.0/8 is this machine's, as in Linux. A port that a test finds
     * free, and uses a moment later, is not taken by what other processes open in between.
     */
    public static final String LOOPBACK = loopback();

    private static final int FULL_AFTER = 64;
    public static final int HASTE_MILLIS = 200;
    public static final int PATIENCE_MILLIS = 5_000;

    private final TckContext tck;
    private final Deque<AutoCloseable> made = new ArrayDeque<>();

    private static String loopback() {
        long pid = ProcessHandle.current().pid();
        String own = "127.%d.%d.%d".formatted(1 + pid / 62_500 % 250, pid / 250 % 250, 1 + pid % 250);
        try (ServerSocketChannel probe = ServerSocketChannel.open().bind(new InetSocketAddress(own, 0))) {
            return own;
        } catch (IOException e) {
            return "127.0.0.1";
        }
    }

    public NetFixtures(TckContext tck) {
        this.tck = tck;
    }

    public IReactorTCP tcp() {
        return tck.reactor().facet(IReactorTCP.class).orElseThrow();
    }

    /** Listens on the loopback network, and gives each connection the next of these. */
    public ListeningPort listen(Protocol... protocols) throws IOException {
        return listen(TcpOptions.DEFAULT, protocols);
    }

    public ListeningPort listen(TcpOptions options, Protocol... protocols) throws IOException {
        Deque<Protocol> left = new ArrayDeque<>(List.of(protocols));
        ListenOptions how = ListenOptions.DEFAULT.withBindAddress(LOOPBACK).withTcp(options);
        return tcp().listenTCP(0, peer -> left.poll(), how);
    }

    public static int portOf(ListeningPort port) {
        return ((InetSocketAddress) port.getHost()).getPort();
    }

    /** A plain socket, connected to a port of the reactor's. */
    public End connect(SocketAddress address) throws IOException {
        return made(new ChannelEnd(SocketChannel.open(address)));
    }

    public End connect(ListeningPort port) throws IOException {
        return connect(port.getHost());
    }

    /** A connection that a protocol serves, with a plain socket at the other side. */
    public End serve(Recorder protocol) throws IOException {
        return serve(TcpOptions.DEFAULT, protocol);
    }

    public End serve(TcpOptions options, Recorder protocol) throws IOException {
        ListeningPort port = listen(options, protocol);
        End client = connect(port);
        tck.turnsUntil("the connection is made", () -> protocol.hasHeard("made"));
        port.stopListening();
        return client;
    }

    /** As {@link #serve(Recorder)}, for a connection such as this. */
    public End serve(Recorder protocol, TcpOptions options) throws IOException {
        return serve(protocol, options, SocketChannel.open());
    }

    /** As {@link #serve(Recorder, TcpOptions)}, with this socket, which isn't connected yet, at the other side. */
    public End serve(Recorder protocol, TcpOptions options, SocketChannel socket) throws IOException {
        ListenOptions local = ListenOptions.DEFAULT.withBindAddress(LOOPBACK).withTcp(options);
        ListeningPort port = tcp().listenTCP(0, peer -> protocol, local);
        socket.connect(port.getHost());
        End client = made(new ChannelEnd(socket));
        tck.turnsUntil("the connection is made", () -> protocol.hasHeard("made"));
        port.stopListening();
        return client;
    }

    /** A connection that the reactor makes for a protocol, with a plain socket at the other side. */
    public ChannelEnd visit(Recorder protocol, TcpOptions options) throws IOException {
        return visit(protocol, options, server(10));
    }

    /** As {@link #visit(Recorder, TcpOptions)}, to this server. */
    public ChannelEnd visit(Recorder protocol, TcpOptions options, ServerSocketChannel server) throws IOException {
        Client factory = new Client(tck, protocol);
        tcp().connectTCP(LOOPBACK, portOf(server), factory, ConnectOptions.DEFAULT.withTcp(options));
        tck.turnsUntil("the connection is made", () -> protocol.hasHeard("made"));
        return made(new ChannelEnd(server.accept()));
    }

    /** A plain socket that listens and accepts nothing by itself. */
    public ServerSocketChannel server(int backlog) throws IOException {
        return server(new InetSocketAddress(LOOPBACK, 0), backlog);
    }

    public ServerSocketChannel server(InetSocketAddress address, int backlog) throws IOException {
        return made(ServerSocketChannel.open().bind(address, backlog));
    }

    public static int portOf(ServerSocketChannel server) throws IOException {
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** A port where an attempt to connect gets no answer: its queue is full, and nobody accepts. */
    public int silentPort() throws IOException {
        return silentPort(new InetSocketAddress(LOOPBACK, 0));
    }

    public int silentPort(InetSocketAddress address) throws IOException {
        ServerSocketChannel server = server(address, 1);
        if (takesMany(server.getLocalAddress(), HASTE_MILLIS)) {
            fail("can't be tested here: a full queue of connections still takes more");
        }
        return portOf(server);
    }

    /**
     * Whether many may connect while nobody accepts.
     *
     * @param patienceMillis {@link #HASTE_MILLIS} where some are expected to wait, {@link #PATIENCE_MILLIS} else
     */
    public boolean takesMany(SocketAddress address, int patienceMillis) throws IOException {
        for (int i = 0; i < FULL_AFTER; i++) {
            SocketChannel waiting = made(SocketChannel.open());
            try {
                waiting.socket().connect(address, patienceMillis);
            } catch (SocketTimeoutException e) {
                return false;
            }
        }
        return true;
    }

    /** Nobody has connected to this server of {@link #server}'s: whoever comes last would be behind him. */
    public void assertNobodyHasComeTo(ServerSocketChannel server) throws IOException {
        try (SocketChannel last = SocketChannel.open(server.getLocalAddress());
                SocketChannel first = server.accept()) {
            assertEquals(last.getLocalAddress(), first.getRemoteAddress(), "expected: nobody has tried this address");
        }
    }

    /** What the system says of a name that it has to know. */
    public static InetAddress addressOf(String name) {
        try {
            return InetAddress.getByName(name);
        } catch (UnknownHostException e) {
            throw new TestAbortedException("this machine has no [" + name + "]: " + e.getMessage(), e);
        }
    }

    /** The port, on an address that is a literal, is refused as it has to be. */
    public void assertCannotListen(int port, ListenOptions options) {
        CannotListen refusal = assertThrows(
                CannotListen.class,
                () -> tcp().listenTCP(port, peer -> null, options),
                () -> "expected: CannotListen for [" + options.bindAddress() + ":" + port + "]");
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("[" + options.bindAddress() + ":" + port + "]"),
                () -> "expected: a message with the address; seen: " + refusal.getMessage());
        assertNotNull(refusal.getCause(), "expected: the system's reason as the cause");
    }

    /** A port where nobody listens. */
    public int deadPort() throws IOException {
        try (ServerSocketChannel server = server(1)) {
            return portOf(server);
        }
    }

    public <T extends AutoCloseable> T made(T one) {
        made.push(one);
        return one;
    }

    @Override
    public void close() throws Exception {
        while (!made.isEmpty()) {
            made.pop().close();
        }
    }

    /** Makes one protocol, and writes down how its connections go. */
    public static final class Client implements ClientFactory {
        private final @Nullable Protocol protocol;
        private final TckContext tck;
        public final List<String> events = new ArrayList<>();
        public final List<Connector> connectors = new ArrayList<>();

        @Nullable
        public ConnectFailed failure;

        public Client(TckContext tck, @Nullable Protocol protocol) {
            this.tck = tck;
            this.protocol = protocol;
        }

        @Override
        public @Nullable Protocol buildProtocol(SocketAddress peer) {
            told("buildProtocol", null);
            return protocol;
        }

        @Override
        public void startedConnecting(Connector connector) {
            told("started", connector);
        }

        @Override
        public void clientConnectionFailed(Connector connector, ConnectFailed reason) {
            told("failed " + reason.getClass().getSimpleName(), connector);
            failure = reason;
        }

        @Override
        public void clientConnectionLost(Connector connector, Throwable reason) {
            told("lost " + reason.getClass().getSimpleName(), connector);
        }

        /** Why the last attempt that has failed did. */
        public ConnectFailed failure() {
            return Objects.requireNonNull(failure, "no attempt has failed");
        }

        private void told(String event, @Nullable Connector connector) {
            events.add(event);
            tck.log("factory " + event);
            if (connector != null) {
                connectors.add(connector);
            }
        }
    }
}
