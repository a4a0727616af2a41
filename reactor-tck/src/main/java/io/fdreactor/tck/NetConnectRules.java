// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.Capability;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;

/** NET, part two: to connect, and what becomes of an attempt. */
abstract class NetConnectRules {
    /** Longer than a name may be, so that nobody is asked. */
    private static final String NO_NAME = "x".repeat(64) + ".invalid";

    private static final ConnectOptions PATIENT = ConnectOptions.DEFAULT.withTimeout(Duration.ofHours(1));

    @Rule("NET-02")
    @Requires(Capability.TCP)
    void whereNobodyListensIsRefused(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            assertFails(tck, net, NetFixtures.LOOPBACK, net.deadPort(), PATIENT, ConnectFailed.Refused.class);
        }
    }

    @Rule("NET-02")
    @Requires(Capability.TCP)
    void whereNoWayLeadsIsNoRoute(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            assertFails(tck, net, "255.255.255.255", 9, PATIENT, ConnectFailed.NoRoute.class);
        }
    }

    @Rule("NET-02")
    @Requires(Capability.TCP)
    void aNameWithoutAddressIsUnknown(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            assertFails(tck, net, NO_NAME, 9, PATIENT, ConnectFailed.UnknownHost.class);
        }
    }

    @Rule("NET-02")
    @Requires(Capability.TCP)
    void whoDoesNotAnswerIsTimedOut(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            ConnectOptions hasty = ConnectOptions.DEFAULT.withTimeout(Duration.ofMillis(50));
            assertFails(tck, net, NetFixtures.LOOPBACK, net.silentPort(), hasty, ConnectFailed.TimedOut.class);
        }
    }

    @Rule("NET-02")
    @Requires(Capability.TCP)
    void aLocalAddressThatCannotBeHadIsSaidSo(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            ConnectOptions elsewhere = PATIENT.withBindAddress(new InetSocketAddress("203.0.113.1", 0));
            assertFails(tck, net, NetFixtures.LOOPBACK, net.deadPort(), elsewhere, ConnectFailed.BindFailed.class);
        }
    }

    private static void assertFails(
            TckContext tck,
            NetFixtures net,
            String host,
            int port,
            ConnectOptions options,
            Class<? extends ConnectFailed> expected) {
        NetFixtures.Client factory = new NetFixtures.Client(tck, null);
        Connector connector = net.tcp().connectTCP(host, port, factory, options);
        assertEquals(List.of("started"), factory.events, "expected: nothing but startedConnecting inside connectTCP");
        tck.turnsUntil("the attempt fails", () -> factory.failure != null);
        tck.turns(3);
        assertEquals(List.of("started", "failed " + expected.getSimpleName()), factory.events);
        assertEquals(List.of(connector, connector), factory.connectors, "expected: one connector throughout");
        assertTrue(
                String.valueOf(factory.failure)
                        .contains(expected == ConnectFailed.BindFailed.class ? "203.0.113.1" : host),
                () -> "expected: a message with the address; seen: " + factory.failure);
        assertEquals(List.of(), tck.reactor().getDelayedCalls(), "expected: no time-out is left behind");
    }

    @Rule("NET-02")
    @Requires(Capability.TCP)
    void whatIsStoppedIsToldOnce(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            NetFixtures.Client factory = new NetFixtures.Client(tck, null);
            Connector connector = net.tcp().connectTCP(NetFixtures.LOOPBACK, net.silentPort(), factory, PATIENT);
            tck.turns(3);
            assertThrows(IllegalStateException.class, connector::connect);
            connector.stopConnecting();
            tck.turnsUntil("the attempt ends", () -> factory.failure != null);
            tck.turns(3);
            assertEquals(List.of("started", "failed Stopped"), factory.events);
            assertThrows(IllegalStateException.class, connector::stopConnecting);
            assertEquals(List.of(), tck.reactor().getDelayedCalls(), "expected: no time-out is left behind");
        }
    }

    @Rule("NET-02")
    @Requires(Capability.TCP)
    void whatHasFailedCanBeTriedAgain(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder client = new Recorder(tck, "client");
            NetFixtures.Client factory = new NetFixtures.Client(tck, client);
            int port = net.deadPort();
            Connector connector = net.tcp().connectTCP(NetFixtures.LOOPBACK, port, factory, PATIENT);
            tck.turnsUntil("the first attempt fails", () -> factory.failure != null);
            Recorder server = new Recorder(tck, "server");
            net.tcp().listenTCP(port, peer -> server, ListenOptions.DEFAULT.withBindAddress(NetFixtures.LOOPBACK));
            connector.connect();
            tck.turnsUntil("the second attempt succeeds", () -> client.hasHeard("made"));
            assertEquals(List.of("started", "failed Refused", "started", "buildProtocol"), factory.events);
            assertThrows(IllegalStateException.class, connector::connect);
            connector.disconnect();
            tck.turnsUntil("the connection ends", () -> client.isLost() && server.isLost());
            client.assertTold("makeConnection", "made", "lost ConnectionDone");
        }
    }

    @Rule("NET-02")
    @Requires(Capability.TCP)
    void badArgumentsAreRefusedAtTheCall(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            for (int port : new int[] {-1, 0, 65536}) {
                NetFixtures.Client factory = new NetFixtures.Client(tck, null);
                assertThrows(
                        IllegalArgumentException.class,
                        () -> net.tcp().connectTCP(NetFixtures.LOOPBACK, port, factory, PATIENT));
                assertEquals(List.of(), factory.events);
            }
        }
    }

    @Rule("NET-03")
    @Requires(Capability.TCP)
    void aConnectionsLifeIsToldInOrder(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            Recorder client = new Recorder(tck, "client");
            server.onData(transport -> {
                server.write("reply");
                transport.loseConnection();
            });
            client.onMade(transport -> client.write("request"));
            ListeningPort port = net.listen(server);
            NetFixtures.Client factory = new NetFixtures.Client(tck, client);
            Connector connector =
                    net.tcp().connectTCP(NetFixtures.LOOPBACK, NetFixtures.portOf(port), factory, PATIENT);
            assertEquals(
                    new InetSocketAddress(NetFixtures.LOOPBACK, NetFixtures.portOf(port)).getPort(),
                    connector.getDestination().getPort());
            tck.turnsUntil("both sides end", () -> server.isLost() && client.isLost());
            tck.turns(3);
            server.assertTold("makeConnection", "made", "data", "lost ConnectionDone");
            client.assertTold("makeConnection", "made", "data", "lost ConnectionDone");
            assertEquals("request", server.received());
            assertEquals("reply", client.received());
            assertEquals(List.of("started", "buildProtocol", "lost ConnectionDone"), factory.events);
            List<String> events = tck.takeEvents();
            assertTrue(
                    events.indexOf("client lost ConnectionDone") < events.indexOf("factory lost ConnectionDone"),
                    () -> "expected: the protocol is told before its factory; seen: " + events);
            assertSame(connector, factory.connectors.get(factory.connectors.size() - 1));
        }
    }

    @Rule("NET-03")
    @Requires(Capability.TCP)
    void aFactoryWithoutProtocolClosesTheConnection(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder second = new Recorder(tck, "second");
            boolean[] first = {true};
            ListeningPort port = net.tcp()
                    .listenTCP(
                            0,
                            peer -> {
                                boolean refuse = first[0];
                                first[0] = false;
                                return refuse ? null : second;
                            },
                            ListenOptions.DEFAULT.withBindAddress(NetFixtures.LOOPBACK));
            End refused = net.connect(port);
            tck.turnsUntil("a connection is refused", () -> !first[0]);
            tck.turns(2);
            refused.awaitReadable();
            assertEquals(-1, refused.read(ByteBuffer.allocate(1)), "expected: it is closed");
            net.connect(port);
            tck.turnsUntil("the next connection is served", () -> second.hasHeard("made"));

            ServerSocketChannel plain = net.server(10);
            NetFixtures.Client factory = new NetFixtures.Client(tck, null);
            net.tcp().connectTCP(NetFixtures.LOOPBACK, NetFixtures.portOf(plain), factory, PATIENT);
            tck.turnsUntil("the client's factory is asked", () -> factory.events.contains("buildProtocol"));
            tck.turns(2);
            End accepted = new ChannelEnd(plain.accept());
            accepted.awaitReadable();
            assertEquals(-1, accepted.read(ByteBuffer.allocate(1)), "expected: it is closed");
            accepted.close();
        }
    }

    @Rule("NET-03")
    @Requires(Capability.TCP)
    void whatAProtocolThrowsEndsItsConnectionOnly(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            IllegalStateException thrown = new IllegalStateException("a test's");
            Recorder failing = new Recorder(tck, "failing").onData(transport -> {
                throw thrown;
            });
            Recorder other = new Recorder(tck, "other");
            End first = net.serve(failing);
            End second = net.serve(other);
            first.send("a");
            tck.turnsUntil("the connection ends", failing::isLost);
            assertSame(thrown, failing.reason());
            failing.assertTold("makeConnection", "made", "data", "lost IllegalStateException");
            List<TckContext.Handled> handled = tck.takeHandled();
            assertEquals(1, handled.size(), () -> "seen: " + handled);
            assertSame(thrown, handled.get(0).thrown());
            second.send("a");
            tck.turnsUntil("the other connection is served", () -> other.hasHeard("data"));
        }
    }

    @Rule("NET-12")
    @Requires(Capability.TCP)
    void anAbortIsAnUncleanEndWithItsCause(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            net.serve(server).abort();
            tck.turnsUntil("the abort is told", server::isLost);
            server.assertTold("makeConnection", "made", "lost ConnectionLost");
            Throwable reason = server.reason();
            assertNotNull(reason == null ? null : reason.getCause(), "expected: the system's reason as the cause");
        }
    }

    @Rule("NET-12")
    @Requires(Capability.TCP)
    void aCleanEndIsDone(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server);
            client.send("the last words");
            client.close();
            tck.turnsUntil("the end is told", server::isLost);
            server.assertTold("makeConnection", "made", "data", "lost ConnectionDone");
            assertEquals("the last words", server.received());
        }
    }
}
