// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.Capability;
import io.fdreactor.ConnectionTimedOut;
import io.fdreactor.net.Deadlines;
import io.fdreactor.net.Producer;
import io.fdreactor.net.TcpOptions;
import io.fdreactor.net.Transport;
import io.fdreactor.tck.context.NetFixtures;
import io.fdreactor.tck.context.Recorder;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.End;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * NET: what a peer can take its time for. That a deadline never passes early is measured from before what it counts
 * from; that it does pass is waited for; that another one doesn't is shown by one that began later and has passed.
 */
public abstract class NetDeadlineRules {
    private static final Duration LIMIT = Duration.ofMillis(100);

    /** How long it is shown that a deadline doesn't pass while something happens. */
    private static final long LONGER_NANOS = 3 * LIMIT.toNanos();

    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int MUCH = 32 << 20;
    private static final int PIECE = 1 << 16;

    private static final Deadlines HANDSHAKE = Deadlines.NONE.withHandshake(LIMIT);
    private static final Deadlines IDLE = Deadlines.NONE.withIdle(LIMIT);
    private static final Deadlines WRITE = Deadlines.NONE.withWrite(LIMIT);
    private static final Deadlines CLOSE = Deadlines.NONE.withClose(LIMIT);

    private static TcpOptions with(Deadlines deadlines) {
        return TcpOptions.DEFAULT.withDeadlines(deadlines);
    }

    /** Turns until the connection is lost by this deadline, no sooner than it may be. */
    private static void assertTimesOut(TckContext tck, Recorder recorder, End peer, String name, long sinceNanos) {
        tck.turnsUntil("the [" + name + "] deadline ends the connection", recorder::isLost);
        long elapsedNanos = System.nanoTime() - sinceNanos;
        assertEquals(
                ConnectionTimedOut.class.getSimpleName() + " by [" + name + "]",
                String.valueOf(recorder.reason()).replaceFirst(".*\\.(\\w+): .*?(\\[\\w+]).*", "$1 by $2"),
                "the reason");
        assertTrue(
                elapsedNanos >= LIMIT.toNanos(),
                () -> "expected: the [" + name + "] deadline of " + LIMIT + " isn't over early; seen: after "
                        + Duration.ofNanos(elapsedNanos));
        assertThrows(
                IOException.class, () -> peer.drain(Long.MAX_VALUE), "expected: the peer sees a reset; seen: an end");
    }

    /** Turns until a connection that is made now, and has the same deadline, is lost. */
    private static void assertOutlives(
            TckContext tck, NetFixtures net, Recorder recorder, Deadlines deadlines, String... told) throws Exception {
        Recorder later = new Recorder(tck, "later");
        net.serve(later, with(deadlines));
        tck.turnsUntil("the later connection ends", later::isLost);
        recorder.assertTold(told);
    }

    @Rule("NET-23")
    @Requires(Capability.TCP)
    void aPeerThatNeverSpeaksIsReset(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            long beforeNanos = System.nanoTime();
            End visitor = net.serve(server, with(HANDSHAKE));
            server.write("hello?");
            assertTimesOut(tck, server, visitor, "handshake", beforeNanos);
            Recorder client = new Recorder(tck, "client");
            beforeNanos = System.nanoTime();
            End host = net.visit(client, with(HANDSHAKE));
            assertTimesOut(tck, client, host, "handshake", beforeNanos);
        }
    }

    @Rule("NET-23")
    @Requires(Capability.TCP)
    void whoHasSpokenMayBeSilent(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            net.serve(server, with(HANDSHAKE)).send("x");
            tck.turnsUntil("a byte has come", () -> server.hasHeard("data"));
            assertOutlives(tck, net, server, HANDSHAKE, "makeConnection", "made", "data");
        }
    }

    @Rule("NET-23")
    @Requires(Capability.TCP)
    void whatIsReadEndsIdleness(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server, with(IDLE));
            long startNanos = System.nanoTime();
            long lastNanos = startNanos;
            for (int sent = 1; !server.isLost() && lastNanos - startNanos < LONGER_NANOS; sent++) {
                int expected = sent;
                lastNanos = System.nanoTime();
                client.send("x");
                tck.turnsUntil("a byte has come", () -> server.received().length() == expected || server.isLost());
            }
            assertTimesOut(tck, server, client, "idle", lastNanos);
        }
    }

    @Rule("NET-23")
    @Requires(Capability.TCP)
    void whatIsSentEndsIdleness(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server, with(IDLE));
            long startNanos = System.nanoTime();
            long lastNanos = startNanos;
            while (!server.isLost() && lastNanos - startNanos < LONGER_NANOS) {
                lastNanos = System.nanoTime();
                server.write("x");
                tck.turnsUntil("it is sent", () -> server.tcp().bufferedBytes() == 0);
                client.receive();
            }
            assertTimesOut(tck, server, client, "idle", lastNanos);
        }
    }

    @Rule("NET-23")
    @Requires(Capability.TCP)
    void whoHasPausedDoesNotBlameItsPeer(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server").onMade(Transport::pauseProducing);
            End client = net.serve(server, with(IDLE.withHandshake(LIMIT)));
            assertOutlives(tck, net, server, IDLE, "makeConnection", "made");
            server.tcp().setDeadlines(IDLE);
            assertOutlives(tck, net, server, IDLE, "makeConnection", "made");
            long resumedNanos = System.nanoTime();
            server.tcp().resumeProducing();
            assertTimesOut(tck, server, client, "idle", resumedNanos);
        }
    }

    @Rule("NET-23")
    @Requires(Capability.TCP)
    void aPeerThatDoesNotReadIsReset(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server, with(WRITE).withSendBufferBytes(PIECE));
            server.call(transport -> transport.write(new byte[MUCH]));
            long progressNanos = readSlowly(tck, server, client);
            assertTimesOut(tck, server, client, "write", progressNanos);
        }
    }

    /**
     * Reads some of what was written, for longer than the limit.
     *
     * @return a moment before the kernel took some of it for the last time
     */
    private static long readSlowly(TckContext tck, Recorder writer, End reader) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        long startNanos = System.nanoTime();
        long progressNanos = startNanos;
        long readNanos = startNanos;
        for (long now = startNanos; !writer.isLost() && now - startNanos < LONGER_NANOS; now = System.nanoTime()) {
            long before = writer.tcp().bufferedBytes();
            if (now - readNanos >= PACE_NANOS) {
                readNanos = now;
                reader.read(piece.clear());
            }
            tck.turns(1);
            if (!writer.isLost() && writer.tcp().bufferedBytes() < before) {
                progressNanos = now;
            }
        }
        return progressNanos;
    }

    @Rule("NET-23")
    @Requires(Capability.TCP)
    void deadlinesMayChangeOnTheWay(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder freed = new Recorder(tck, "freed");
            net.serve(freed, with(IDLE));
            freed.call(transport -> transport.setDeadlines(Deadlines.NONE));
            assertOutlives(tck, net, freed, IDLE, "makeConnection", "made");
            assertEquals(Deadlines.NONE, freed.tcp().getDeadlines());

            Recorder bound = new Recorder(tck, "bound");
            End client = net.serve(bound, TcpOptions.DEFAULT);
            long startNanos = System.nanoTime();
            long setNanos = startNanos;
            while (!bound.isLost() && setNanos - startNanos < LONGER_NANOS) {
                setNanos = System.nanoTime();
                bound.call(transport -> transport.setDeadlines(IDLE));
                tck.turns(1);
            }
            assertEquals(IDLE, bound.tcp().getDeadlines());
            assertTimesOut(tck, bound, client, "idle", setNanos);
        }
    }

    @Rule("NET-24")
    @Requires(Capability.TCP)
    void closingEndsInTimeForAPeerThatDoesNotRead(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server, with(CLOSE));
            assertOutlives(tck, net, server, IDLE, "makeConnection", "made");
            long closedNanos = System.nanoTime();
            server.call(transport -> {
                transport.write(new byte[MUCH]);
                transport.loseConnection();
            });
            assertTimesOut(tck, server, client, "close", closedNanos);
        }
    }

    @Rule("NET-24")
    @Requires(Capability.TCP)
    void closingEndsInTimeForAPeerThatReadsSlowly(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server, with(CLOSE).withSendBufferBytes(PIECE));
            long closedNanos = System.nanoTime();
            server.call(transport -> {
                transport.write(new byte[MUCH]);
                transport.loseConnection();
            });
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            tck.turnsUntil("the [close] deadline ends the connection", () -> {
                boolean lost = server.isLost();
                if (!lost && server.tcp().bufferedBytes() > MUCH / 4) {
                    readSome(client, piece);
                }
                return lost;
            });
            assertTimesOut(tck, server, client, "close", closedNanos);
        }
    }

    private static void readSome(End reader, ByteBuffer piece) {
        try {
            reader.read(piece.clear());
        } catch (IOException e) {
            throw new AssertionError("expected: something to read; seen: " + e, e);
        }
    }

    @Rule("NET-24")
    @Requires(Capability.TCP)
    void closingEndsInTimeForAProducerThatGoesOn(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server, with(CLOSE));
            boolean[] stopped = {false};
            server.tcp().registerProducer(new Endless(stopped), true);
            long closedNanos = System.nanoTime();
            server.call(transport -> transport.loseConnection());
            assertTimesOut(tck, server, client, "close", closedNanos);
            assertTrue(stopped[0], "expected: the producer is told to stop");
        }
    }

    private record Endless(boolean[] stopped) implements Producer {
        @Override
        public void resumeProducing() {}

        @Override
        public void stopProducing() {
            stopped[0] = true;
        }
    }

    @Rule("NET-24")
    @Requires(Capability.TCP)
    void whoClosesInTimeClosesCleanly(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server, with(Deadlines.NONE.withClose(Duration.ofHours(1))));
            byte[] reply = new byte[4 << 20];
            Thread reader = tck.start("reader", () -> {
                client.drain(reply.length);
                client.awaitReadable();
                assertEquals(-1, client.read(ByteBuffer.allocate(1)), "expected: the end, after all that was written");
            });
            server.call(transport -> {
                transport.write(reply);
                transport.loseConnection();
            });
            tck.turnsUntil("the connection ends", server::isLost);
            tck.join(reader);
            server.assertTold("makeConnection", "made", "lost ConnectionDone");
            assertEquals(0, tck.reactor().getDelayedCalls().size(), "expected: no timer is left of its deadline");
        }
    }
}
