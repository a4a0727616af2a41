// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.net;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.Capability;
import io.fdreactor.net.Producer;
import io.fdreactor.net.TcpOptions;
import io.fdreactor.tck.context.NetFixtures;
import io.fdreactor.tck.context.Recorder;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.ChannelEnd;
import io.fdreactor.tck.fixture.End;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** NET: how much waits, in the transport and in the system, and what becomes of it. */
public abstract class NetBufferRules {
    /** More than the system takes, whatever its buffers. */
    private static final int MUCH = 16 << 20;

    private static final int LOW = 3 << 20;
    private static final int HIGH = 5 << 20;
    private static final int STEP = 1 << 18;

    /** Small enough for a small buffer to be told from the system's own. */
    private static final int SMALL = 4 << 10;

    /** More than two small buffers take, with all that the system allows itself on top; less than its own window. */
    private static final int LITTLE = 40_000;

    /** Looks how much is buffered when it is told something. */
    private static final class Gauge implements Producer {
        private final Recorder consumer;
        private boolean paused;
        private boolean resumed;

        Gauge(Recorder consumer) {
            this.consumer = consumer;
        }

        @Override
        public void pauseProducing() {
            paused = true;
            long level = consumer.tcp().bufferedBytes();
            assertTrue(level > HIGH, () -> "expected: it is paused above its high mark, " + HIGH + "; seen: " + level);
        }

        @Override
        public void resumeProducing() {
            resumed = true;
            long level = consumer.tcp().bufferedBytes();
            assertTrue(level <= LOW, () -> "expected: it is resumed at its low mark, " + LOW + "; seen: " + level);
            assertTrue(level > 0, "expected: it is resumed at its low mark; seen: when nothing was left");
        }

        @Override
        public void stopProducing() {}
    }

    @Rule("NET-21")
    @Requires(Capability.TCP)
    void aServersConnectionHasMarksOfItsOwn(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            assertMarks(tck, server, net.serve(server, TcpOptions.DEFAULT.withMarks(LOW, HIGH)));
        }
    }

    @Rule("NET-21")
    @Requires(Capability.TCP)
    void aClientsConnectionHasMarksOfItsOwn(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder client = new Recorder(tck, "client");
            assertMarks(tck, client, net.visit(client, TcpOptions.DEFAULT.withMarks(LOW, HIGH)));
        }
    }

    private static void assertMarks(TckContext tck, Recorder writer, End reader) throws IOException {
        Gauge gauge = new Gauge(writer);
        writer.tcp().registerProducer(gauge, true);
        while (writer.tcp().bufferedBytes() <= HIGH && !writer.isLost()) {
            writer.call(transport -> transport.write(new byte[STEP]));
            tck.turns(1);
        }
        tck.turnsUntil("it is paused above its high mark", () -> gauge.paused);
        ByteBuffer bytes = ByteBuffer.allocate(STEP);
        while (writer.tcp().bufferedBytes() > LOW && !writer.isLost()) {
            assertFalse(gauge.resumed, "expected: it is resumed at its low mark; seen: above it");
            reader.awaitReadable();
            reader.read(bytes.clear());
            tck.turns(1);
        }
        tck.turnsUntil("it is resumed at its low mark", () -> gauge.resumed);
    }

    @Rule("NET-22")
    @Requires(Capability.TCP)
    void aLingerOfZeroMakesEachCloseAReset(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            TcpOptions options = TcpOptions.DEFAULT.withLinger(Duration.ZERO);
            Recorder server = new Recorder(tck, "server");
            assertCloseResets(tck, "server", server, net.serve(server, options));
            Recorder client = new Recorder(tck, "client");
            assertCloseResets(tck, "client", client, net.visit(client, options));
        }
    }

    private static void assertCloseResets(TckContext tck, String name, Recorder recorder, End peer) {
        recorder.call(transport -> transport.loseConnection());
        tck.turnsUntil("the connection ends", recorder::isLost);
        recorder.assertTold("makeConnection", "made", "lost ConnectionDone");
        assertThrows(
                IOException.class,
                () -> peer.drain(1),
                "expected: with a linger of zero, the [" + name + "]'s peer sees a reset; seen: an end");
    }

    @Rule("NET-22")
    @Requires(Capability.TCP)
    void aSmallBufferForSendingTakesLittle(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            TcpOptions options = TcpOptions.DEFAULT.withSendBufferBytes(SMALL);
            SocketChannel socket = SocketChannel.open().setOption(StandardSocketOptions.SO_RCVBUF, SMALL);
            Recorder server = new Recorder(tck, "server");
            net.serve(server, options, socket);
            assertSendsLittle(tck, server);
            ServerSocketChannel plain = net.server(10).setOption(StandardSocketOptions.SO_RCVBUF, SMALL);
            Recorder client = new Recorder(tck, "client");
            net.visit(client, options, plain);
            assertSendsLittle(tck, client);
        }
    }

    private static void assertSendsLittle(TckContext tck, Recorder recorder) {
        recorder.call(transport -> transport.write(new byte[MUCH]));
        tck.turns(20);
        long taken = MUCH - recorder.tcp().bufferedBytes();
        assertTrue(taken > 0, "expected: something is sent; seen: nothing");
        assertTrue(taken < LITTLE, () -> "expected: small buffers take less than " + LITTLE + " bytes; seen: " + taken);
    }

    @Rule("NET-22")
    @Requires(Capability.TCP)
    void aSmallBufferForReceivingTakesLittle(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            TcpOptions options = TcpOptions.DEFAULT.withReceiveBufferBytes(SMALL);
            SocketChannel socket = SocketChannel.open().setOption(StandardSocketOptions.SO_SNDBUF, SMALL);
            Recorder server = new Recorder(tck, "server").onMade(transport -> transport.pauseProducing());
            assertReceivesLittle(net.serve(server, options, socket));
            Recorder client = new Recorder(tck, "client").onMade(transport -> transport.pauseProducing());
            ChannelEnd accepted = net.visit(client, options);
            ((SocketChannel) accepted.channel()).setOption(StandardSocketOptions.SO_SNDBUF, SMALL);
            assertReceivesLittle(accepted);
        }
    }

    private static void assertReceivesLittle(End peer) throws IOException {
        long taken = peer.fill();
        assertTrue(taken < LITTLE, () -> "expected: small buffers take less than " + LITTLE + " bytes; seen: " + taken);
    }

    @Rule("NET-22")
    @Requires(Capability.TCP)
    void whatIsNotAskedForIsTheSystems(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server, TcpOptions.DEFAULT);
            server.write("the last words");
            server.call(transport -> transport.loseConnection());
            tck.turnsUntil("the connection ends", server::isLost);
            client.awaitReadable();
            String received = assertDoesNotThrow(client::receive, "expected: no reset without a linger; seen: one");
            assertEquals("the last words", received);
        }
    }
}
