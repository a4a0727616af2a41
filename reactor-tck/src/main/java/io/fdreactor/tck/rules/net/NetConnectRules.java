// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.Capability;
import io.fdreactor.net.CannotListen;
import io.fdreactor.net.ClientFactory;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.Protocol;
import io.fdreactor.tck.context.NetFixtures;
import io.fdreactor.tck.context.Recorder;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;

/** NET: to connect, and what becomes of an attempt. */
public abstract class NetConnectRules {
    /** Longer than a name may be, so that nobody is asked. */
    private static final String NO_NAME = "x".repeat(64) + ".invalid";

    private static final String NAME = "localhost";

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
        assertEquals(
                expected != ConnectFailed.TimedOut.class,
                factory.failure != null && factory.failure.getCause() != null,
                "the system's reason is the cause");
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

    @Rule("NET-02")
    @Requires(Capability.TCP)
    void whatHasFailedOrIsLostCanBeTriedAgainFromWhereThatIsTold(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            int port = net.deadPort();
            Recorder[] clients = {new Recorder(tck, "first"), new Recorder(tck, "second")};
            ClientFactory persistent = new ClientFactory() {
                private int next;

                @Override
                public Protocol buildProtocol(SocketAddress peer) {
                    return clients[next++];
                }

                @Override
                public void clientConnectionFailed(Connector connector, ConnectFailed reason) {
                    listen();
                    connector.connect();
                }

                private void listen() {
                    try {
                        net.tcp()
                                .listenTCP(
                                        port,
                                        peer -> new Recorder(tck, "server"),
                                        ListenOptions.DEFAULT.withBindAddress(NetFixtures.LOOPBACK));
                    } catch (CannotListen e) {
                        throw new UncheckedIOException(e);
                    }
                }

                @Override
                public void clientConnectionLost(Connector connector, Throwable reason) {
                    if (next == 1) {
                        connector.connect();
                    }
                }
            };
            net.tcp().connectTCP(NetFixtures.LOOPBACK, port, persistent, PATIENT);
            tck.turnsUntil("an attempt after one that failed", () -> clients[0].hasHeard("made"));
            clients[0].call(transport -> transport.loseConnection());
            tck.turnsUntil("an attempt after a connection that was lost", () -> clients[1].hasHeard("made"));
        }
    }

    @Rule("NET-02")
    @Requires(Capability.TCP)
    void aNameIsLookedUp(TckContext tck) throws Exception {
        InetAddress known = NetFixtures.addressOf(NAME);
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder client = new Recorder(tck, "client");
            ListeningPort port = net.tcp()
                    .listenTCP(
                            0,
                            peer -> new Recorder(tck, "server"),
                            ListenOptions.DEFAULT.withBindAddress(known.getHostAddress()));
            Connector connector =
                    net.tcp().connectTCP(NAME, NetFixtures.portOf(port), new NetFixtures.Client(tck, client), PATIENT);
            assertEquals(
                    InetSocketAddress.createUnresolved(NAME, NetFixtures.portOf(port)), connector.getDestination());
            tck.turnsUntil("a connection to [" + NAME + "]", () -> client.hasHeard("made"));
            assertEquals(port.getHost(), client.tcp().getPeer());
        }
    }
}
