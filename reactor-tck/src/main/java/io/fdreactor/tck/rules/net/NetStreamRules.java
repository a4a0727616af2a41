// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.Capability;
import io.fdreactor.net.Producer;
import io.fdreactor.net.TcpTransport;
import io.fdreactor.tck.context.NetFixtures;
import io.fdreactor.tck.context.Recorder;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.End;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** NET: bytes, and the ends of them. */
public abstract class NetStreamRules {
    private static final int MANY_BYTES = 64 << 20;

    @Rule("NET-04")
    @Requires(Capability.TCP)
    void whatIsWrittenArrivesWholeAndInOrder(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server);
            Thread reader = tck.start("reader", () -> assertArrives(client));
            Random sizes = new Random(4);
            long[] written = {0};
            ByteBuffer chunk = ByteBuffer.allocate(100_000);
            while (written[0] < MANY_BYTES) {
                int size = (int) Math.min(MANY_BYTES - written[0], sizes.nextInt(4) == 0 ? 1 : sizes.nextInt(100_000));
                chunk.clear();
                for (int i = 0; i < size; i++) {
                    chunk.put(octet(written[0]++));
                }
                chunk.flip();
                server.call(transport -> transport.write(chunk));
                assertFalse(chunk.hasRemaining(), "expected: all bytes are taken at once; seen: some weren't");
                if (server.tcp().bufferedBytes() > 8 << 20) {
                    tck.turnsUntil("the buffer drains", () -> server.tcp().bufferedBytes() < 1 << 20);
                }
            }
            server.tcp().loseConnection();
            tck.turnsUntil("all is sent", server::isLost);
            tck.join(reader);
            server.assertTold("makeConnection", "made", "lost ConnectionDone");
        }
    }

    private static byte octet(long position) {
        return (byte) (position * 31 + (position >> 8));
    }

    private static void assertArrives(End client) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(30_000);
        long position = 0;
        while (true) {
            client.awaitReadable();
            bytes.clear();
            if (client.read(bytes) < 0) {
                break;
            }
            bytes.flip();
            while (bytes.hasRemaining()) {
                long at = position;
                byte seen = bytes.get();
                if (seen != octet(position++)) {
                    throw new AssertionError("expected: " + octet(at) + " at " + at + "; seen: " + seen);
                }
            }
        }
        assertEquals(MANY_BYTES, position, "expected: all bytes arrive");
    }

    @Rule("NET-04")
    @Requires(Capability.TCP)
    void aReaderThatPausesHoldsNobodyUp(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder stuck = new Recorder(tck, "stuck");
            Recorder other = new Recorder(tck, "other");
            End silent = net.serve(stuck);
            End lively = net.serve(other);
            byte[] much = new byte[16 << 20];
            stuck.call(transport -> transport.write(much));
            tck.turns(20);
            assertTrue(stuck.tcp().bufferedBytes() > 0, "expected: the kernel takes only so much; seen: all");
            lively.send("a");
            tck.turnsUntil("others are served", () -> other.hasHeard("data"));
            tck.assertSleeps("with a connection whose peer doesn't read");
            Thread reader = tck.start("reader", () -> silent.drain(much.length));
            tck.turnsUntil("all is sent", () -> stuck.tcp().bufferedBytes() == 0);
            tck.join(reader);
        }
    }

    @Rule("NET-04")
    @Requires(Capability.TCP)
    void aWriteToAPeerThatIsGoneDoesNotCallBack(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            net.serve(server).abort();
            server.call(transport -> {
                transport.write(new byte[1]);
                transport.write(new byte[16 << 20]);
            });
            server.assertTold("makeConnection", "made");
            tck.turnsUntil("the connection ends", server::isLost);
            server.assertTold("makeConnection", "made", "lost ConnectionLost");
        }
    }

    @Rule("NET-05")
    @Requires(Capability.TCP)
    void loseConnectionSendsWhatWasWritten(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server);
            byte[] much = new byte[4 << 20];
            Thread reader = tck.start("reader", () -> {
                client.drain(much.length);
                client.awaitReadable();
                assertEquals(
                        -1, client.read(ByteBuffer.allocate(100)), "expected: the end, after all that was written");
            });
            server.call(transport -> {
                transport.write(much);
                transport.loseConnection();
                transport.write(new byte[] {1});
                transport.loseConnection();
            });
            server.assertTold("makeConnection", "made");
            tck.turnsUntil("the connection ends", server::isLost);
            tck.join(reader);
            server.assertTold("makeConnection", "made", "lost ConnectionDone");
            server.call(transport -> transport.write(new byte[] {1}));
            server.call(transport -> transport.loseConnection());
            tck.turns(2);
        }
    }

    @Rule("NET-05")
    @Requires(Capability.TCP)
    void abortConnectionResets(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server);
            server.call(transport -> {
                transport.write(new byte[16 << 20]);
                transport.abortConnection();
                transport.write(new byte[] {1});
                transport.abortConnection();
                transport.loseConnection();
            });
            server.assertTold("makeConnection", "made");
            tck.turnsUntil("the connection ends", server::isLost);
            server.assertTold("makeConnection", "made", "lost ConnectionAborted");
            assertThrows(IOException.class, () -> client.drain(16 << 20), "expected: the peer sees a reset");
            assertEquals(0, server.tcp().bufferedBytes(), "expected: what wasn't sent is dropped");
        }
    }

    @Rule("NET-05")
    @Requires(Capability.TCP)
    void loseConnectionWaitsForTheProducer(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server);
            server.tcp().registerProducer(new Silent(), true);
            server.tcp().loseConnection();
            tck.turns(5);
            server.assertTold("makeConnection", "made");
            server.write("the last words");
            server.call(transport -> transport.unregisterProducer());
            tck.turnsUntil("the connection ends", server::isLost);
            client.awaitReadable();
            assertEquals("the last words", client.receive());
        }
    }

    @Rule("NET-05")
    @Requires(Capability.TCP)
    void aTransportThatClosesSaysSo(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            for (Consumer<TcpTransport> end :
                    List.<Consumer<TcpTransport>>of(TcpTransport::loseConnection, TcpTransport::abortConnection)) {
                Recorder server = new Recorder(tck, "server");
                net.serve(server);
                server.call(transport -> {
                    assertFalse(
                            transport.isDisconnecting(), "expected: isDisconnecting denies it before the end is asked");
                    end.accept(transport);
                    assertTrue(
                            transport.isDisconnecting(),
                            "expected: isDisconnecting tells it from inside the same call");
                });
                tck.turnsUntil("the connection ends", server::isLost);
                assertTrue(server.tcp().isDisconnecting(), "expected: isDisconnecting tells it of a lost connection");
            }
        }
    }

    private static final class Silent implements Producer {
        @Override
        public void resumeProducing() {}

        @Override
        public void stopProducing() {}
    }
}
