// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fdreactor.Capability;
import io.fdreactor.net.CannotListen;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.TcpTransport;
import io.fdreactor.tck.context.NetFixtures;
import io.fdreactor.tck.context.Recorder;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.End;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;

/** NET: options, addresses and families. */
public abstract class NetOptionRules {
    private static final ListenOptions LOCAL = ListenOptions.DEFAULT.withBindAddress(NetFixtures.LOOPBACK);

    @Rule("NET-11")
    @Requires(Capability.TCP)
    void optionsReachTheConnectionsOfAPort(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            for (boolean on : new boolean[] {true, false}) {
                Recorder server = new Recorder(tck, "server");
                ListenOptions options = LOCAL.withNoDelay(on).withKeepAlive(on);
                net.connect(net.tcp().listenTCP(0, peer -> server, options));
                tck.turnsUntil("a connection", () -> server.hasHeard("made"));
                assertOptions(on, server);
            }
        }
    }

    @Rule("NET-11")
    @Requires(Capability.TCP)
    void optionsReachAClientsConnection(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            int port = NetFixtures.portOf(net.server(10));
            for (boolean on : new boolean[] {true, false}) {
                Recorder client = new Recorder(tck, "client");
                ConnectOptions options = ConnectOptions.DEFAULT.withNoDelay(on).withKeepAlive(on);
                net.tcp().connectTCP(NetFixtures.LOOPBACK, port, new NetFixtures.Client(tck, client), options);
                tck.turnsUntil("a connection", () -> client.hasHeard("made"));
                assertOptions(on, client);
            }
        }
    }

    private static void assertOptions(boolean on, Recorder connection) throws IOException {
        TcpTransport transport = connection.tcp();
        assertEquals(on, transport.getTcpNoDelay(), "TCP_NODELAY");
        assertEquals(on, transport.getTcpKeepAlive(), "SO_KEEPALIVE");
        transport.setTcpNoDelay(!on);
        transport.setTcpKeepAlive(!on);
        assertEquals(!on, transport.getTcpNoDelay(), "TCP_NODELAY when it was changed");
        assertEquals(!on, transport.getTcpKeepAlive(), "SO_KEEPALIVE when it was changed");
    }

    @Rule("NET-11")
    @Requires(Capability.TCP)
    void aShortQueueIsSoonFull(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            assumeFalse(
                    net.takesMany(net.server(1).getLocalAddress(), NetFixtures.HASTE_MILLIS),
                    "a full queue of connections still takes more, on this machine");
            ListeningPort port = net.tcp().listenTCP(0, peer -> null, LOCAL.withBacklog(1));
            assertFalse(
                    net.takesMany(port.getHost(), NetFixtures.HASTE_MILLIS),
                    "expected: with a backlog of 1, somebody has to wait; seen: nobody");
        }
    }

    @Rule("NET-11")
    @Requires(Capability.TCP)
    void aLongQueueTakesThemAll(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            assumeTrue(
                    net.takesMany(net.server(100).getLocalAddress(), NetFixtures.PATIENCE_MILLIS),
                    "this machine has no long queues of connections");
            ListeningPort port = net.tcp().listenTCP(0, peer -> null, LOCAL.withBacklog(100));
            assertTrue(
                    net.takesMany(port.getHost(), NetFixtures.PATIENCE_MILLIS),
                    "expected: with a backlog of 100, nobody has to wait; seen: somebody");
        }
    }

    @Rule("NET-11")
    @Requires(Capability.TCP)
    void bothEndsKnowBothAddresses(TckContext tck) throws Exception {
        assertAddresses(tck, NetFixtures.LOOPBACK, NetFixtures.LOOPBACK);
    }

    @Rule("NET-11")
    @Requires(Capability.TCP)
    void aConnectionKnowsItsAddressWhereThePortHasAny(TckContext tck) throws Exception {
        assertAddresses(tck, "", NetFixtures.LOOPBACK);
    }

    @Rule("NET-11")
    @Requires(Capability.TCP)
    void ipv6IsSpoken(TckContext tck) throws Exception {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            assertTrue(probe.isBound(), "expected: a socket; seen: none");
        } catch (IOException e) {
            assumeTrue(false, "this machine has no IPv6: " + e.getMessage());
        }
        assertAddresses(tck, "::1", "::1");
    }

    private static void assertAddresses(TckContext tck, String bound, String destination) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            Recorder client = new Recorder(tck, "client");
            SocketAddress[] announced = new SocketAddress[1];
            ListeningPort port = net.tcp()
                    .listenTCP(
                            0,
                            peer -> {
                                announced[0] = peer;
                                return server;
                            },
                            ListenOptions.DEFAULT.withBindAddress(bound));
            int number = NetFixtures.portOf(port);
            net.tcp().connectTCP(destination, number, new NetFixtures.Client(tck, client));
            tck.turnsUntil("a connection", () -> server.hasHeard("made") && client.hasHeard("made"));
            assertEquals(
                    new InetSocketAddress(bound.isEmpty() ? "0.0.0.0" : bound, number), port.getHost(), "port.getHost");
            assertEquals(
                    new InetSocketAddress(destination, number), server.tcp().getHost(), "server.getHost");
            assertEquals(server.tcp().getHost(), client.tcp().getPeer(), "client.getPeer");
            assertEquals(client.tcp().getHost(), server.tcp().getPeer(), "server.getPeer");
            assertEquals(server.tcp().getPeer(), announced[0], "expected: buildProtocol is told the peer's address");
        }
    }

    @Rule("NET-11")
    @Requires(Capability.TCP)
    void whoIsLostStillHasItsAddresses(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            List<SocketAddress> inTheEnd = new ArrayList<>();
            server.onLost(transport -> inTheEnd.addAll(List.of(transport.getPeer(), transport.getHost())));
            End client = net.serve(server);
            List<SocketAddress> before =
                    List.of(server.tcp().getPeer(), server.tcp().getHost());
            client.abort();
            tck.turnsUntil("the connection ends", server::isLost);
            assertEquals(before, inTheEnd, "expected: the same addresses inside connectionLost");
            assertEquals(before, List.of(server.tcp().getPeer(), server.tcp().getHost()), "and afterwards");
        }
    }

    @Rule("NET-11")
    @Requires(Capability.TCP)
    void aClientConnectsFromWhereItIsToldTo(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            InetSocketAddress local = new InetSocketAddress(NetFixtures.LOOPBACK, net.deadPort());
            Recorder client = new Recorder(tck, "client");
            net.tcp()
                    .connectTCP(
                            NetFixtures.LOOPBACK,
                            NetFixtures.portOf(net.server(10)),
                            new NetFixtures.Client(tck, client),
                            ConnectOptions.DEFAULT.withBindAddress(local));
            tck.turnsUntil("a connection", () -> client.hasHeard("made"));
            assertEquals(local, client.tcp().getHost(), "client.getHost");
        }
    }

    @Rule("NET-11")
    @Requires(Capability.TCP)
    void aPortMayServeBothFamilies(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder[] servers = {new Recorder(tck, "first"), new Recorder(tck, "second")};
            int[] next = {0};
            ListeningPort port;
            try {
                port = net.tcp().listenTCP(0, peer -> servers[next[0]++], ListenOptions.DEFAULT.withBindAddress("::"));
            } catch (CannotListen e) {
                assumeTrue(false, "this machine has no IPv6: " + e.getMessage());
                return;
            }
            int number = NetFixtures.portOf(port);
            net.connect(new InetSocketAddress("::1", number));
            net.connect(new InetSocketAddress(NetFixtures.LOOPBACK, number));
            tck.turnsUntil("two connections", () -> servers[1].hasHeard("made"));
        }
    }

    @Rule("NET-11")
    @Requires(Capability.TCP)
    void anAddressThatOldConnectionsLingerOnCanBeReused(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server").onMade(transport -> transport.loseConnection());
            ListeningPort port = net.listen(server);
            End client = net.connect(port);
            tck.turnsUntil("this side closes first", server::isLost);
            client.close();
            boolean[] stopped = {false};
            port.stopListening().thenRun(() -> stopped[0] = true);
            tck.turnsUntil("the port is closed", () -> stopped[0]);
            int number = NetFixtures.portOf(port);
            net.assertCannotListen(number, LOCAL.withReuseAddress(false));
            ListeningPort again = net.tcp().listenTCP(number, peer -> null, LOCAL);
            assertEquals(port.getHost(), again.getHost());
        }
    }

    @Rule("NET-11")
    @Requires({Capability.TCP, Capability.REUSE_PORT})
    void aPortMayBeShared(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            ListenOptions shared = LOCAL.withReusePort(true);
            int number = NetFixtures.portOf(net.tcp().listenTCP(0, peer -> null, shared));
            ListeningPort second = net.tcp().listenTCP(number, peer -> null, shared);
            assertEquals(number, NetFixtures.portOf(second));
            assertFalse(second.getHost().toString().isEmpty(), "expected: an address; seen: none");
            net.assertCannotListen(number, LOCAL);
        }
    }
}
