// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.Capability;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.tck.context.NetFixtures;
import io.fdreactor.tck.context.Recorder;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.End;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.atomic.AtomicReference;

/** NET: ports, from their opening to their end. */
public abstract class NetListenRules {
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
            net.assertCannotListen(number, ListenOptions.DEFAULT.withBindAddress(NetFixtures.LOOPBACK));
            net.connect(port);
            tck.turnsUntil("the first port still works", () -> server.hasHeard("made"));
        }
    }

    @Rule("NET-01")
    @Requires(Capability.TCP)
    void anAddressOfAnotherMachineIsRefused(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            net.assertCannotListen(0, ListenOptions.DEFAULT.withBindAddress("203.0.113.1"));
            assertThrows(IllegalArgumentException.class, () -> net.tcp().listenTCP(-1, peer -> null));
            assertThrows(IllegalArgumentException.class, () -> net.tcp().listenTCP(65536, peer -> null));
        }
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

    @Rule("NET-09")
    @Requires(Capability.TCP)
    void whoStopsThePortWhileItAcceptsGetsNoMore(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            int[] built = {0};
            ListeningPort[] port = new ListeningPort[1];
            port[0] = net.tcp()
                    .listenTCP(
                            0,
                            peer -> {
                                if (++built[0] == 2) {
                                    port[0].stopListening();
                                }
                                return new Recorder(tck, "server" + built[0]);
                            },
                            ListenOptions.DEFAULT.withBindAddress(NetFixtures.LOOPBACK));
            for (int i = 0; i < 8; i++) {
                net.connect(port[0]);
            }
            tck.turnsUntil("the second connection", () -> built[0] >= 2);
            tck.turns(5);
            assertEquals(2, built[0], "expected: none is accepted after the one that has stopped the port");
        }
    }
}
