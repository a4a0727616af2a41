// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.fdreactor.Capability;
import io.fdreactor.tck.context.NetFixtures;
import io.fdreactor.tck.context.Recorder;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.End;
import java.nio.ByteBuffer;

/** NET: connections that end in halves. */
public abstract class NetHalfRules {
    @Rule("NET-06")
    @Requires(Capability.TCP)
    void theEndOfTheInputLeavesTheOutput(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder.HalfCloseable(tck, "server");
            End client = net.serve(server);
            client.send("request");
            client.shutdownOutput();
            tck.turnsUntil("the end of the input is told", () -> server.hasHeard("readLost"));
            assertEquals("request", server.received());
            tck.turns(3);
            server.write("reply");
            tck.turns(1);
            client.awaitReadable();
            assertEquals("reply", client.receive());
            server.call(transport -> transport.loseConnection());
            tck.turnsUntil("the connection ends", server::isLost);
            server.assertTold("makeConnection", "made", "data", "readLost", "lost ConnectionDone");
        }
    }

    @Rule("NET-06")
    @Requires(Capability.TCP)
    void theEndOfTheOutputLeavesTheInput(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder.HalfCloseable(tck, "server");
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
                transport.loseWriteConnection();
                transport.write(new byte[] {1});
                transport.loseWriteConnection();
            });
            tck.turnsUntil("the end of the output is told", () -> server.hasHeard("writeLost"));
            tck.join(reader);
            client.send("a late word");
            tck.turnsUntil("input after the end of the output", () -> server.hasHeard("data"));
            client.close();
            tck.turnsUntil("the end of the input is told", () -> server.hasHeard("readLost") || server.isLost());
            server.call(transport -> transport.loseConnection());
            tck.turnsUntil("the connection ends", server::isLost);
            assertEquals("a late word", server.received());
            assertEquals(
                    "ConnectionDone",
                    String.valueOf(
                            server.reason() == null
                                    ? null
                                    : server.reason().getClass().getSimpleName()));
        }
    }

    @Rule("NET-06")
    @Requires(Capability.TCP)
    void whoIsNotHalfCloseableEndsWithItsInput(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server);
            client.shutdownOutput();
            tck.turnsUntil("the connection ends", server::isLost);
            server.assertTold("makeConnection", "made", "lost ConnectionDone");
            client.awaitReadable();
            assertEquals(-1, client.read(ByteBuffer.allocate(1)), "expected: the other direction is closed too");
        }
    }

    @Rule("NET-06")
    @Requires(Capability.TCP)
    void whatWasWrittenBeforeThePeersEndIsSent(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            byte[] reply = new byte[4 << 20];
            Recorder server = new Recorder(tck, "server").onData(transport -> transport.write(reply));
            End client = net.serve(server);
            client.send("request");
            client.shutdownOutput();
            Thread reader = tck.start("reader", () -> client.drain(reply.length));
            tck.turnsUntil("the connection ends", server::isLost);
            tck.join(reader);
            server.assertTold("makeConnection", "made", "data", "lost ConnectionDone");
        }
    }

    @Rule("NET-06")
    @Requires(Capability.TCP)
    void twoEndedHalvesMakeAnEnd(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder.HalfCloseable(tck, "server");
            End client = net.serve(server);
            client.shutdownOutput();
            tck.turnsUntil("the end of the input is told", () -> server.hasHeard("readLost"));
            server.call(transport -> transport.loseWriteConnection());
            tck.turnsUntil("the connection ends", server::isLost);
            tck.turns(2);
            server.assertTold("makeConnection", "made", "readLost", "writeLost", "lost ConnectionDone");
            client.awaitReadable();
            assertEquals(-1, client.read(ByteBuffer.allocate(1)), "expected: this side's end has been sent");
        }
    }

    @Rule("NET-06")
    @Requires(Capability.TCP)
    void whoThrowsWhenItIsToldOfAHalfLosesTheWhole(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            IllegalStateException thrown = new IllegalStateException("a test's");
            for (String half : new String[] {"readLost", "writeLost"}) {
                Recorder server = new Recorder.HalfCloseable(tck, "server", told -> {
                    if (told.equals(half)) {
                        throw thrown;
                    }
                });
                End client = net.serve(server);
                if (half.equals("readLost")) {
                    client.shutdownOutput();
                } else {
                    server.call(transport -> transport.loseWriteConnection());
                }
                tck.turnsUntil("the connection ends", server::isLost);
                server.assertTold("makeConnection", "made", half, "lost IllegalStateException");
                assertSame(thrown, server.reason());
                assertEquals(
                        1, tck.takeHandled().size(), "expected: what was thrown reaches the exception handler once");
                client.awaitReadable();
                assertEquals(-1, client.read(ByteBuffer.allocate(1)), "expected: both halves are closed");
            }
        }
    }
}
