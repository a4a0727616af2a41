// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fdreactor.Capability;
import io.fdreactor.net.CannotListenException;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.atomic.AtomicReference;

/** NET, part one: ports, and the options of their connections. */
abstract class NetListenRules {
    @Rule("NET-01")
    @Requires(Capability.TCP)
    void portZeroMeansAnyAndGetHostTellsIt(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            ListeningPort port = net.tcp().listenTCP(0, peer -> server);
            int number = NetFixtures.portOf(port);
            assertTrue(number > 0, () -> "expected: the port that was picked; seen: " + number);
            net.connect(new InetSocketAddress(NetFixtures.LOOPBACK, number));
            tck.turnsUntil("a connection to [" + number + "]", () -> server.hasHeard("made"));
        }
    }

    @Rule("NET-01")
    @Requires(Capability.TCP)
    void aTakenPortIsRefusedWithItsAddressAndTheCause(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            ListeningPort port = net.listen(server);
            int number = NetFixtures.portOf(port);
            assertCannotListen(net, number, NetFixtures.LOOPBACK);
            net.connect(port);
            tck.turnsUntil("the first port still works", () -> server.hasHeard("made"));
        }
    }

    @Rule("NET-01")
    @Requires(Capability.TCP)
    void anAddressOfAnotherMachineIsRefused(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            assertCannotListen(net, 0, "203.0.113.1");
            assertThrows(IllegalArgumentException.class, () -> net.tcp().listenTCP(-1, peer -> null));
            assertThrows(IllegalArgumentException.class, () -> net.tcp().listenTCP(65536, peer -> null));
        }
    }

    private static void assertCannotListen(NetFixtures net, int port, String address) {
        CannotListenException refusal = assertThrows(
                CannotListenException.class,
                () -> net.tcp().listenTCP(port, peer -> null, ListenOptions.DEFAULT.withBindAddress(address)));
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("[" + address + ":" + port + "]"),
                () -> "expected: a message with the address; seen: " + refusal.getMessage());
        assertNotNull(refusal.getCause(), "expected: the system's reason as the cause");
    }

    @Rule("NET-09")
    @Requires(Capability.TCP)
    void whatIsStoppedAcceptsNoMoreAndItsPortIsFree(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            server.onData(transport -> server.write("echo"));
            Recorder late = new Recorder(tck, "late");
            ListeningPort port = net.listen(server, late);
            SocketAddress address = port.getHost();
            End client = net.connect(port);
            tck.turnsUntil("the first connection", () -> server.hasHeard("made"));
            net.connect(port);
            AtomicReference<Thread> completed = new AtomicReference<>();
            port.stopListening().thenRun(() -> completed.set(Thread.currentThread()));
            assertEquals(null, completed.get(), "expected: the stage completes in a later turn");
            tck.turnsUntil("the stage completes", () -> completed.get() != null);
            assertEquals(Thread.currentThread(), completed.get(), "expected: it completes in the reactor's thread");
            late.assertTold();
            try (ServerSocketChannel other = ServerSocketChannel.open().bind(address)) {
                assertTrue(other.isOpen(), "expected: the port is free; seen: it isn't");
            }
            assertEquals(address, port.getHost(), "expected: the last address once it is stopped");
            client.send("hello");
            tck.turnsUntil("data for an open connection", () -> server.hasHeard("data"));
            client.awaitReadable();
            assertEquals("echo", client.receive(), "expected: connections live on");
        }
    }

    @Rule("NET-09")
    @Requires(Capability.TCP)
    void whatIsStoppedCanListenAgain(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            ListeningPort port = net.listen(server);
            port.startListening();
            boolean[] stopped = {false};
            port.stopListening().thenRun(() -> stopped[0] = true);
            tck.turnsUntil("the port is stopped", () -> stopped[0]);
            assertThrows(IOException.class, () -> net.connect(port), "expected: nobody listens any more");
            port.startListening();
            net.connect(port);
            tck.turnsUntil("a connection to the port that listens again", () -> server.hasHeard("made"));
            boolean[] again = {false};
            port.stopListening().thenRun(() -> again[0] = true);
            port.stopListening();
            tck.turnsUntil("the port is stopped again", () -> again[0]);
        }
    }

    @Rule("NET-11")
    @Requires(Capability.TCP)
    void optionsReachTheConnections(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            for (boolean on : new boolean[] {true, false}) {
                Recorder server = new Recorder(tck, "server");
                ListenOptions options = ListenOptions.DEFAULT
                        .withBindAddress(NetFixtures.LOOPBACK)
                        .withBacklog(1)
                        .withNoDelay(on)
                        .withKeepAlive(on);
                ListeningPort port = net.tcp().listenTCP(0, peer -> server, options);
                net.connect(port);
                tck.turnsUntil("a connection", () -> server.hasHeard("made"));
                assertEquals(on, server.tcp().getTcpNoDelay(), "TCP_NODELAY");
                assertEquals(on, server.tcp().getTcpKeepAlive(), "SO_KEEPALIVE");
                server.tcp().setTcpNoDelay(!on);
                server.tcp().setTcpKeepAlive(!on);
                assertEquals(!on, server.tcp().getTcpNoDelay(), "TCP_NODELAY when it was changed");
                assertEquals(!on, server.tcp().getTcpKeepAlive(), "SO_KEEPALIVE when it was changed");
            }
        }
    }

    @Rule("NET-11")
    @Requires(Capability.TCP)
    void bothEndsKnowBothAddresses(TckContext tck) throws Exception {
        assertAddresses(tck, NetFixtures.LOOPBACK);
    }

    @Rule("NET-11")
    @Requires(Capability.TCP)
    void ipv6IsSpoken(TckContext tck) throws Exception {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            assertTrue(probe.isBound(), "expected: a socket; seen: none");
        } catch (IOException e) {
            assumeTrue(false, "this machine has no IPv6: " + e.getMessage());
        }
        assertAddresses(tck, "::1");
    }

    private static void assertAddresses(TckContext tck, String host) throws Exception {
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
                            ListenOptions.DEFAULT.withBindAddress(host));
            net.tcp().connectTCP(host, NetFixtures.portOf(port), new NetFixtures.Client(tck, client));
            tck.turnsUntil("a connection", () -> server.hasHeard("made") && client.hasHeard("made"));
            assertEquals(port.getHost(), server.tcp().getHost());
            assertEquals(server.tcp().getHost(), client.tcp().getPeer());
            assertEquals(client.tcp().getHost(), server.tcp().getPeer());
            assertEquals(server.tcp().getPeer(), announced[0], "expected: buildProtocol is told the peer's address");
            assertEquals(InetAddress.getByName(host), ((InetSocketAddress) port.getHost()).getAddress());
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
            } catch (CannotListenException e) {
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
            tck.turnsUntil("the port and its connection are closed", () -> stopped[0] && server.isLost());
            ListeningPort again = net.tcp()
                    .listenTCP(
                            NetFixtures.portOf(port),
                            peer -> null,
                            ListenOptions.DEFAULT.withBindAddress(NetFixtures.LOOPBACK));
            assertEquals(port.getHost(), again.getHost());
        }
    }

    @Rule("NET-11")
    @Requires({Capability.TCP, Capability.REUSE_PORT})
    void aPortMayBeShared(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            ListenOptions shared =
                    ListenOptions.DEFAULT.withBindAddress(NetFixtures.LOOPBACK).withReusePort(true);
            int number = NetFixtures.portOf(net.tcp().listenTCP(0, peer -> null, shared));
            ListeningPort second = net.tcp().listenTCP(number, peer -> null, shared);
            assertEquals(number, NetFixtures.portOf(second));
            assertFalse(second.getHost().toString().isEmpty(), "expected: an address; seen: none");
            assertCannotListen(net, number, NetFixtures.LOOPBACK);
        }
    }
}
