// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.ConnectionDone;
import io.fdreactor.net.Producer;
import io.fdreactor.net.TcpTransport;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** So many bytes a second, in virtual time. */
class ThrottlingFactoryTest {
    private static final String KIB = "x".repeat(1024);

    private final VirtualTime time = new VirtualTime();

    private static final class Connection {
        final RecordingProtocol protocol = new RecordingProtocol();
        final MemoryTransport transport = new MemoryTransport();

        Connection(VirtualTime time, long readBytesPerSecond, long writeBytesPerSecond) {
            this(new ThrottlingFactory(peer -> null, time, readBytesPerSecond, writeBytesPerSecond));
        }

        Connection(ThrottlingFactory factory) {
            transport.connect(factory.wrap(protocol));
        }

        void write(String data) {
            protocol.given().write(data.getBytes(ISO_8859_1));
        }
    }

    /** Writes a KiB whenever it may. */
    private static final class Source implements Producer {
        private final Connection connection;
        private final boolean streaming;
        private boolean producing = true;
        final List<String> told = new ArrayList<>();

        Source(Connection connection, boolean streaming) {
            this.connection = connection;
            this.streaming = streaming;
            connection.protocol.given().registerProducer(this, streaming);
        }

        void produce() {
            while (producing) {
                connection.write(KIB);
            }
        }

        @Override
        public void pauseProducing() {
            told.add("pause");
            producing = false;
        }

        @Override
        public void resumeProducing() {
            told.add("resume");
            producing = true;
            if (streaming) {
                produce();
            } else {
                connection.write(KIB);
            }
        }

        @Override
        public void stopProducing() {
            told.add("stop");
        }
    }

    @Test
    void aConnectionReadsAsFastAsItMay() {
        Connection connection = new Connection(time, 10 * 1024, 0);
        for (int i = 0; i < 10_000; i++) {
            connection.transport.receive(KIB);
            time.advanceMillis(1);
        }
        assertThat(connection.protocol.received().length()).isBetween(99 * 1024, 102 * 1024);
    }

    @Test
    void connectionsShareTheLimit() {
        ThrottlingFactory factory = new ThrottlingFactory(peer -> null, time, 10 * 1024, 0);
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            connections.add(new Connection(factory));
        }
        for (int i = 0; i < 10_000; i++) {
            connections.forEach(connection -> connection.transport.receive(KIB));
            time.advanceMillis(1);
        }
        assertThat(connections).allMatch(it -> it.protocol.received().length() > 15 * 1024);
        int all = connections.stream()
                .mapToInt(it -> it.protocol.received().length())
                .sum();
        assertThat(all).isBetween(95 * 1024, 107 * 1024);
    }

    @Test
    void whatIsOwedIsPaidBeforeTheNextRead() {
        Connection connection = new Connection(time, 1024, 0);
        connection.transport.receive(KIB);
        assertThat(connection.transport.isPaused()).isTrue();
        time.advanceMillis(999);
        assertThat(connection.transport.isPaused()).isTrue();
        time.advanceMillis(1);
        assertThat(connection.transport.isPaused()).isFalse();
    }

    @Test
    void timeThatWasIdleIsNotSavedUp() {
        Connection connection = new Connection(time, 1024, 0);
        time.advanceMillis(60_000);
        connection.transport.receive(KIB);
        assertThat(connection.transport.isPaused()).isTrue();
    }

    @Test
    void aProtocolThatHasPausedStaysPaused() {
        Connection connection = new Connection(time, 1024, 0);
        connection.transport.receive(KIB);
        connection.protocol.given().pauseProducing();
        time.advanceMillis(2000);
        assertThat(connection.transport.isPaused()).isTrue();
        connection.protocol.given().resumeProducing();
        assertThat(connection.transport.isPaused()).isFalse();
    }

    @Test
    void aProtocolCannotResumeWhatTheThrottleHasPaused() {
        Connection connection = new Connection(time, 1024, 0);
        connection.transport.receive(KIB);
        connection.protocol.given().pauseProducing();
        connection.protocol.given().resumeProducing();
        assertThat(connection.transport.isPaused()).isTrue();
        time.advanceMillis(1000);
        assertThat(connection.transport.isPaused()).isFalse();
    }

    @Test
    void aPushProducerIsHeldToTheLimit() {
        Connection connection = new Connection(time, 0, 10 * 1024);
        Source source = new Source(connection, true);
        source.produce();
        time.advanceMillis(10_000);
        assertThat(connection.transport.takeSent().length()).isBetween(99 * 1024, 102 * 1024);
        assertThat(source.told).startsWith("pause", "resume", "pause", "resume");
    }

    @Test
    void aPushProducerWaitsForItsTransportToo() {
        Connection connection = new Connection(time, 0, 10 * 1024);
        Source source = new Source(connection, true);
        connection.transport.producer.pauseProducing();
        connection.write(KIB);
        time.advanceMillis(10_000);
        assertThat(source.told).containsExactly("pause");
        connection.transport.producer.resumeProducing();
        assertThat(source.told).containsExactly("pause", "resume", "pause");
    }

    @Test
    void aPullProducerIsHeldToTheLimit() {
        Connection connection = new Connection(time, 0, 10 * 1024);
        Source source = new Source(connection, false);
        for (int i = 0; i < 10_000; i++) {
            connection.transport.producer.resumeProducing();
            time.advanceMillis(1);
        }
        assertThat(connection.transport.takeSent().length()).isBetween(99 * 1024, 102 * 1024);
        assertThat(source.told).containsOnly("resume");
    }

    @Test
    void aFileIsPaidForByTheProducers() throws Exception {
        Connection connection = new Connection(time, 0, 10 * 1024);
        Source source = new Source(connection, true);
        TcpTransport tcp = (TcpTransport) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {TcpTransport.class},
                (proxy, method, arguments) -> CompletableFuture.completedStage(null));
        ((ThrottledProtocol) connection.protocol.given()).sendFile(tcp, Path.of("a file"), 0, 10 * 1024);
        time.advanceMillis(999);
        assertThat(source.told).containsExactly("pause");
        time.advanceMillis(1);
        assertThat(source.told).startsWith("pause", "resume");
    }

    @Test
    void aProducerThatIsGoneIsLeftAlone() {
        Connection connection = new Connection(time, 0, 1024);
        Source source = new Source(connection, true);
        source.produce();
        connection.transport.lose(ConnectionDone.INSTANCE);
        time.advanceMillis(10_000);
        assertThat(source.told).containsExactly("pause", "stop");
        assertThat(time.getDelayedCalls()).isEmpty();
    }

    @Test
    void aProducerThatThrowsEndsItsConnectionAndNoOther() {
        ThrottlingFactory factory = new ThrottlingFactory(peer -> null, time, 0, 10 * 1024);
        Connection bad = new Connection(factory);
        bad.protocol
                .given()
                .registerProducer(
                        new Producer() {
                            @Override
                            public void resumeProducing() {
                                throw new IllegalStateException("bad");
                            }

                            @Override
                            public void stopProducing() {}
                        },
                        true);
        bad.write(KIB);
        Connection good = new Connection(factory);
        Source source = new Source(good, true);
        source.produce();
        assertThatThrownBy(() -> time.advanceMillis(10_000)).hasMessage("bad");
        assertThat(bad.transport.isAborted()).isTrue();
        time.advanceMillis(10_000);
        assertThat(source.told).startsWith("pause", "resume");
    }

    @Test
    void withoutALimitNothingWaits() {
        ThrottlingFactory factory = new ThrottlingFactory(peer -> new RecordingProtocol(), time, 0, 0);
        MemoryTransport transport = new MemoryTransport();
        transport.connect(factory.buildProtocol(new InetSocketAddress("192.0.2.1", 1)));
        transport.receive(KIB);
        assertThat(transport.isPaused()).isFalse();
        assertThat(time.getDelayedCalls()).isEmpty();
    }

    @Test
    void aNegativeLimitIsRefused() {
        assertThatThrownBy(() -> new ThrottlingFactory(peer -> null, time, -1, 0))
                .hasMessageContaining("[-1]");
    }

    @Test
    void aCountAtItsLimitIsADebtAndNoCredit() {
        Throttle throttle = new Throttle(time, 1);
        assertThat(throttle.spend(1)).isTrue();
        assertThat(throttle.spend(Long.MAX_VALUE)).isTrue();
        assertThat(throttle.spend(Long.MAX_VALUE)).isTrue();
        assertThat(throttle.spend(0)).isTrue();
    }
}
