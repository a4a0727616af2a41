// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.Capability;
import io.fdreactor.ReactorConfig;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.TcpOptions;
import io.fdreactor.net.Transport;
import io.fdreactor.tck.context.NetFixtures;
import io.fdreactor.tck.context.Recorder;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.End;
import java.nio.ByteBuffer;

/** NET: transports that are told to wait, and to go on. */
public abstract class NetPauseRules {
    /** More than the kernel takes at once. */
    private static final int MUCH = 16 << 20;

    @Rule("NET-08")
    @Requires(Capability.TCP)
    void whoPausesIsToldNothingAndThePeerFeelsIt(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server);
            server.tcp().pauseProducing();
            server.tcp().pauseProducing();
            long sent = client.fill();
            tck.turns(50);
            server.assertTold("makeConnection", "made");
            assertFalse(client.isWritable(), "expected: the kernel pushes back; seen: the peer may send more");
            tck.assertSleeps("with a paused connection that has input");
            server.tcp().resumeProducing();
            server.tcp().resumeProducing();
            tck.turnsUntil("all bytes", () -> server.received().length() == sent);
            client.send("and more");
            tck.turnsUntil("more", () -> server.received().endsWith("and more"));
        }
    }

    @Rule("NET-08")
    @Requires(Capability.TCP)
    void aProtocolMayPauseAtEachInput(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            int[] inputs = {0};
            Recorder server = new Recorder(tck, "server")
                    .onMade(transport -> transport.pauseProducing())
                    .onData(transport -> {
                        inputs[0]++;
                        transport.pauseProducing();
                    });
            End client = net.connect(net.listen(server));
            tck.turnsUntil("a connection", () -> server.hasHeard("made"));
            long sent = client.fill();
            tck.turns(3);
            for (int wanted = 1; server.received().length() < sent; wanted++) {
                assertEquals(wanted - 1, inputs[0], "expected: no input while it is paused");
                int next = wanted;
                server.tcp().resumeProducing();
                tck.turnsUntil("one input", () -> inputs[0] >= next);
                tck.turns(1);
            }
            assertEquals(sent, server.received().length(), "expected: all bytes");
        }
    }

    @Rule("NET-08")
    @Requires(Capability.TCP)
    void thePeersEndDuringAPauseIsToldAfterIt(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server);
            server.tcp().pauseProducing();
            client.send("the last words");
            client.shutdownOutput();
            tck.turns(5);
            server.assertTold("makeConnection", "made");
            server.tcp().resumeProducing();
            tck.turnsUntil("the end is told", server::isLost);
            server.assertTold("makeConnection", "made", "data", "lost ConnectionDone");
            assertEquals("the last words", server.received());
        }
    }

    @Rule("NET-08")
    @Requires(Capability.TCP)
    void oneTransportMayFeedAnother(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder out = new Recorder(tck, "out");
            End sink = net.serve(out);
            Forwarder in = new Forwarder(out);
            End origin = net.connect(net.listen(in));
            tck.turnsUntil("a connection", () -> in.begun);
            out.tcp().registerProducer(in.source(), true);
            Thread sender = tck.start("sender", () -> {
                ByteBuffer bytes = ByteBuffer.allocate(MUCH);
                while (bytes.hasRemaining()) {
                    origin.awaitWritable();
                    origin.write(bytes);
                }
                origin.shutdownOutput();
            });
            tck.turnsUntil("bytes wait", () -> out.tcp().bufferedBytes() > 0);
            Thread reader = tck.start("reader", () -> sink.drain(MUCH));
            tck.turnsUntil("all has gone through", () -> in.ended && out.tcp().bufferedBytes() == 0);
            tck.join(sender);
            tck.join(reader);
            int most = TcpOptions.DEFAULT.highWaterBytes() + ReactorConfig.DEFAULT.readBufferBytes();
            assertTrue(
                    in.mostBuffered <= most,
                    () -> "expected: the source waits for the sink, with no more than " + most
                            + " bytes, the high mark and a read; seen: " + in.mostBuffered);
        }
    }

    /** Writes what it receives to another one's transport. */
    private static final class Forwarder extends Protocol {
        private final Recorder out;
        boolean begun;
        boolean ended;
        long mostBuffered;

        Forwarder(Recorder out) {
            this.out = out;
        }

        Transport source() {
            return transport();
        }

        @Override
        public void connectionMade() {
            begun = true;
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            out.tcp().write(data);
            mostBuffered = Math.max(mostBuffered, out.tcp().bufferedBytes());
        }

        @Override
        public void connectionLost(Throwable reason) {
            out.tcp().unregisterProducer();
            ended = true;
        }
    }
}
