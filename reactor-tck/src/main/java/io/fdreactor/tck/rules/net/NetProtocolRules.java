// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.Capability;
import io.fdreactor.WrongThread;
import io.fdreactor.net.Connector;
import io.fdreactor.net.Deadlines;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.TcpTransport;
import io.fdreactor.tck.context.NetFixtures;
import io.fdreactor.tck.context.Recorder;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.ChannelEnd;
import io.fdreactor.tck.fixture.End;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.function.Executable;

/** NET: what a protocol is told, and in which order. */
public abstract class NetProtocolRules {
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
            Connector connector = net.tcp().connectTCP(NetFixtures.LOOPBACK, NetFixtures.portOf(port), factory);
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
    void whatCameWithTheConnectionIsDeliveredAfterItIsMade(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.connect(net.listen(server));
            client.send("impatient");
            client.close();
            tck.turnsUntil("the connection ends", server::isLost);
            server.assertTold("makeConnection", "made", "data", "lost ConnectionDone");
            assertEquals("impatient", server.received());
        }
    }

    @Rule("NET-03")
    @Requires(Capability.TCP)
    void whoEndsTheConnectionAsItIsMadeIsToldOnce(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            IllegalStateException thrown = new IllegalStateException("a test's");
            Recorder failing = new Recorder(tck, "failing").onMade(transport -> {
                throw thrown;
            });
            Recorder aborting = new Recorder(tck, "aborting").onMade(transport -> transport.abortConnection());
            ListeningPort port = net.listen(failing, aborting);
            net.connect(port).send("a");
            net.connect(port).send("a");
            tck.turnsUntil("both connections end", () -> failing.isLost() && aborting.isLost());
            tck.turns(3);
            failing.assertTold("makeConnection", "made", "lost IllegalStateException");
            aborting.assertTold("makeConnection", "made", "lost ConnectionAborted");
            assertEquals(1, tck.takeHandled().size(), "expected: what was thrown reaches the exception handler once");
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
            net.tcp().connectTCP(NetFixtures.LOOPBACK, NetFixtures.portOf(plain), factory);
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

    @Rule("NET-12")
    @Requires(Capability.TCP)
    void theEndComesAfterAllThatWasSentBefore(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server);
            server.tcp().pauseProducing();
            long sent = client.fill();
            client.close();
            server.tcp().resumeProducing();
            tck.turnsUntil("the end is told", server::isLost);
            server.assertTold("makeConnection", "made", "data", "lost ConnectionDone");
            assertEquals(sent, server.received().length(), "expected: all bytes come before the end");
        }
    }

    @Rule("CORE-10")
    @Requires(Capability.TCP)
    void transportsBelongToTheReactorsThread(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            Recorder client = new Recorder(tck, "client");
            NetFixtures.Client factory = new NetFixtures.Client(tck, client);
            ListeningPort port = net.listen(server);
            int number = NetFixtures.portOf(port);
            Connector connector = net.tcp().connectTCP(NetFixtures.LOOPBACK, number, factory);
            tck.turnsUntil("a connection", () -> server.hasHeard("made") && client.hasHeard("made"));
            TcpTransport transport = server.tcp();
            Map<String, Executable> calls = new LinkedHashMap<>();
            calls.put("listenTCP", () -> net.listen(server));
            calls.put("connectTCP", () -> net.tcp().connectTCP(NetFixtures.LOOPBACK, number, factory));
            calls.put("ListeningPort.startListening", port::startListening);
            calls.put("ListeningPort.stopListening", port::stopListening);
            calls.put("Connector.connect", connector::connect);
            calls.put("Connector.stopConnecting", connector::stopConnecting);
            calls.put("Connector.disconnect", connector::disconnect);
            calls.put("write", () -> transport.write(new byte[1]));
            calls.put("sendFile", () -> transport.sendFile(Path.of("a file"), 0, 0));
            calls.put("loseConnection", transport::loseConnection);
            calls.put("loseWriteConnection", transport::loseWriteConnection);
            calls.put("abortConnection", transport::abortConnection);
            calls.put("pauseProducing", transport::pauseProducing);
            calls.put("resumeProducing", transport::resumeProducing);
            calls.put("registerProducer", () -> transport.registerProducer(client.tcp(), true));
            calls.put("unregisterProducer", transport::unregisterProducer);
            calls.put("setTcpNoDelay", () -> transport.setTcpNoDelay(false));
            calls.put("getDeadlines", transport::getDeadlines);
            calls.put("setDeadlines", () -> transport.setDeadlines(Deadlines.NONE));
            calls.put("setTcpKeepAlive", () -> transport.setTcpKeepAlive(true));
            tck.join(tck.start(
                    "stranger",
                    () -> calls.forEach((name, method) -> assertThrows(
                            WrongThread.class,
                            method,
                            () -> "expected of " + name + " in another thread: WrongThread"))));
            client.write("still there");
            tck.turnsUntil("data", () -> server.hasHeard("data"));
            assertEquals("still there", server.received());
        }
    }
}
