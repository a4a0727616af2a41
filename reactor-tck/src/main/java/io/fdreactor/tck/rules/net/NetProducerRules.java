// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import io.fdreactor.tck.fixture.End;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** NET: sources that are told to wait, and to go on. */
public abstract class NetProducerRules {
    /** More than the kernel takes at once. */
    private static final int MUCH = 16 << 20;

    /** A producer that writes down what it is told, and then does what the test has asked for. */
    private static final class Source implements Producer {
        private final Recorder consumer;
        private final List<String> events = new ArrayList<>();
        private Runnable onResume = () -> {};

        Source(Recorder consumer) {
            this.consumer = consumer;
        }

        Source onResume(Runnable action) {
            this.onResume = action;
            return this;
        }

        @Override
        public void pauseProducing() {
            told("pause");
        }

        @Override
        public void resumeProducing() {
            told("resume");
            onResume.run();
        }

        @Override
        public void stopProducing() {
            told("stop");
        }

        private void told(String event) {
            consumer.assertOutsideCalls("producer", event);
            events.add(event);
        }

        boolean hasHeard(String event) {
            return events.contains(event);
        }

        int count(String event) {
            return (int) events.stream().filter(event::equals).count();
        }

        void assertTold(String... expected) {
            assertEquals(List.of(expected), events, "what the producer is told");
        }
    }

    @Rule("NET-07")
    @Requires(Capability.TCP)
    void aPushProducerIsPausedWhileItsPeerDoesNotRead(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server);
            Source source = new Source(server);
            int low = TcpOptions.DEFAULT.lowWaterBytes();
            source.onResume(() -> {
                long left = server.tcp().bufferedBytes();
                assertTrue(left <= low, () -> "expected: it is resumed at or below " + low + "; seen: " + left);
            });
            server.call(transport -> {
                transport.registerProducer(source, true);
                transport.write(new byte[1]);
            });
            tck.turns(3);
            client.drain(1);
            source.assertTold();
            server.call(transport -> transport.write(new byte[MUCH]));
            tck.turnsUntil("the producer is paused", () -> source.hasHeard("pause"));
            server.call(transport -> transport.write(new byte[MUCH]));
            tck.turns(3);
            source.assertTold("pause");
            Thread reader = tck.start("reader", () -> client.drain(2L * MUCH));
            tck.turnsUntil("the producer is resumed", () -> source.hasHeard("resume"));
            tck.join(reader);
            tck.turns(3);
            source.assertTold("pause", "resume");
        }
    }

    @Rule("NET-07")
    @Requires(Capability.TCP)
    void aPushProducerMayWriteAsItIsResumed(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            int rounds = 4;
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server);
            Source source = new Source(server);
            source.onResume(() -> {
                if (source.count("resume") < rounds) {
                    server.tcp().write(new byte[MUCH]);
                }
            });
            server.tcp().registerProducer(source, true);
            server.call(transport -> transport.write(new byte[MUCH]));
            tck.turnsUntil("the producer is paused", () -> source.hasHeard("pause"));
            Thread reader = tck.start("reader", () -> client.drain((long) rounds * MUCH));
            for (int round = 1; round <= rounds; round++) {
                int resumed = round;
                tck.turnsUntil("the producer is resumed " + round + " times", () -> source.count("resume") == resumed);
                if (round < rounds) {
                    tck.turnsUntil("it is paused again", () -> source.count("pause") == resumed + 1);
                }
            }
            tck.turnsUntil("all is sent", () -> server.tcp().bufferedBytes() == 0);
            tck.join(reader);
            source.assertTold("pause", "resume", "pause", "resume", "pause", "resume", "pause", "resume");
        }
    }

    @Rule("NET-07")
    @Requires(Capability.TCP)
    void aPullProducerIsAskedOnceAndAgainWhenAllIsSent(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server);
            Source source = new Source(server);
            source.onResume(() -> {
                assertEquals(0, server.tcp().bufferedBytes(), "expected: it is asked for more when all is sent");
                if (source.count("resume") < 10) {
                    server.tcp().write(new byte[MUCH]);
                } else {
                    server.tcp().unregisterProducer();
                    server.tcp().loseConnection();
                }
            });
            Thread reader = tck.start("reader", () -> {
                client.drain(9L * MUCH);
                client.awaitReadable();
                assertEquals(-1, client.read(ByteBuffer.allocate(1)), "expected: the end");
            });
            server.tcp().registerProducer(source, false);
            tck.turnsUntil("the connection ends", server::isLost);
            tck.join(reader);
            assertEquals(10, source.count("resume"), "how often the producer is asked");
            assertEquals(10, source.events.size(), () -> "expected: it is told nothing else; seen: " + source.events);
        }
    }

    @Rule("NET-07")
    @Requires(Capability.TCP)
    void thereIsOneProducerAtATime(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server);
            Source first = new Source(server);
            Source second = new Source(server);
            server.tcp().unregisterProducer();
            server.tcp().registerProducer(first, true);
            assertThrows(
                    IllegalStateException.class,
                    () -> server.tcp().registerProducer(second, true),
                    "expected: a second producer is refused");
            server.call(transport -> transport.write(new byte[MUCH]));
            tck.turnsUntil("the first producer is paused", () -> first.hasHeard("pause"));
            server.tcp().unregisterProducer();
            server.tcp().registerProducer(second, true);
            client.abort();
            tck.turnsUntil("the connection ends", server::isLost);
            first.assertTold("pause");
            assertEquals(
                    List.of("stop"),
                    second.events.stream().filter("stop"::equals).toList());
        }
    }

    @Rule("NET-07")
    @Requires(Capability.TCP)
    void theProducerOfALostConnectionIsStoppedOnce(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server);
            Source source = new Source(server);
            server.tcp().registerProducer(source, true);
            client.abort();
            tck.turnsUntil("the connection ends", server::isLost);
            source.assertTold("stop");
            Source late = new Source(server);
            server.tcp().registerProducer(late, true);
            tck.turns(3);
            late.assertTold("stop");
            server.tcp().unregisterProducer();
            tck.assertSleeps("when a producer has left a lost connection");
            source.assertTold("stop");
        }
    }
}
