// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.core.testing.RecordingProtocol;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.Producer;
import io.fdreactor.spi.ConnectionReceiver;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What protocols and producers throw ends their connection, reaches the handler, and nobody else: NET-03. */
class TcpProtocolFailureTest {
    private static final String CONNECTION = "TCP connection 0.0.0.0:4711 - 10.0.0.2:2000";

    private final TcpFixture fixture = new TcpFixture();
    private final RecordingProtocol.HalfCloseable protocol =
            new RecordingProtocol.HalfCloseable(fixture.base.journal, "P");

    private void fail() {
        throw new IllegalStateException("oops");
    }

    private static String reported(String where) {
        return "reported IllegalStateException(oops) in " + where + " of " + CONNECTION;
    }

    @Test
    void outOfMakeConnection() {
        protocol.onMade(transport -> fail());
        fixture.factory.builds(() -> protocol);
        FakeStream stream = fixture.listen().connect();
        stream.receive("never read");
        fixture.turns(2);
        assertThat(fixture.happened())
                .containsExactly(
                        "F builds", "P made", reported("makeConnection"), "P lost IllegalStateException(oops)");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void outOfMakeConnectionAfterItWrote() {
        protocol.onMade(transport -> {
            protocol.write("hello");
            fail();
        });
        fixture.factory.builds(() -> protocol);
        FakeStream stream = fixture.listen().connect();
        fixture.turns(2);
        assertThat(fixture.happened()).endsWith("P lost IllegalStateException(oops)");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void outOfDataReceived() {
        FakeStream stream = fixture.accept(protocol);
        protocol.onData(text -> fail());
        stream.receive("hello");
        assertThat(fixture.happensInATurn())
                .containsExactly("P data hello", reported("doRead"), "P lost IllegalStateException(oops)");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void outOfReadConnectionLost() {
        FakeStream stream = fixture.accept(protocol);
        protocol.onReadLost(this::fail);
        stream.receiveEnd();
        assertThat(fixture.happensInATurn())
                .containsExactly("P readLost", reported("readConnectionLost"), "P lost IllegalStateException(oops)");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void outOfWriteConnectionLost() {
        FakeStream stream = fixture.accept(protocol);
        protocol.onWriteLost(this::fail);
        fixture.inCallback(protocol.tcp()::loseWriteConnection);
        assertThat(fixture.happened())
                .containsExactly("P writeLost", reported("writeConnectionLost"), "P lost IllegalStateException(oops)");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void outOfConnectionLost() {
        FakeStream stream = fixture.accept(protocol);
        protocol.onLost(reason -> fail());
        fixture.inCallback(protocol.tcp()::loseConnection);
        assertThat(fixture.happened()).containsExactly("P lost ConnectionDone", reported("connectionLost"));
        assertThat(stream.isClosed()).isTrue();
    }

    /** A producer that throws from one of its methods. */
    private Producer failing(String method) {
        return new Producer() {
            private void called(String name) {
                fixture.base.journal.add(name);
                if (name.equals(method)) {
                    fail();
                }
            }

            @Override
            public void pauseProducing() {
                called("pauseProducing");
            }

            @Override
            public void resumeProducing() {
                called("resumeProducing");
            }

            @Override
            public void stopProducing() {
                called("stopProducing");
            }
        };
    }

    @Test
    void outOfPauseProducing() {
        FakeStream stream = fixture.accept(protocol);
        stream.room(0);
        fixture.inCallback(() -> {
            protocol.tcp().registerProducer(failing("pauseProducing"), true);
            protocol.tcp().write(new byte[100_000]);
        });
        assertThat(fixture.happened())
                .containsExactly(
                        "pauseProducing",
                        reported("pauseProducing"),
                        "stopProducing",
                        "P lost IllegalStateException(oops)");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void outOfResumeProducing() {
        FakeStream stream = fixture.accept(protocol);
        stream.room(0);
        fixture.inCallback(() -> {
            protocol.tcp().registerProducer(failing("resumeProducing"), true);
            protocol.tcp().write(new byte[100_000]);
        });
        stream.room(Long.MAX_VALUE);
        fixture.turns(2);
        assertThat(fixture.happened())
                .containsExactly(
                        "pauseProducing",
                        "resumeProducing",
                        reported("resumeProducing"),
                        "stopProducing",
                        "P lost IllegalStateException(oops)");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void outOfStopProducing() {
        FakeStream stream = fixture.accept(protocol);
        fixture.inCallback(() -> {
            protocol.tcp().registerProducer(failing("stopProducing"), true);
            protocol.tcp().abortConnection();
        });
        assertThat(fixture.happened())
                .containsExactly("stopProducing", reported("stopProducing"), "P lost ConnectionAborted");
        assertThat(stream.isClosed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(classes = {LinkageError.class, StackOverflowError.class, AssertionError.class})
    void anErrorOutOfAFlushIsTheConnectionsEnd(Class<? extends Error> kind) throws Exception {
        FakeStream stream = fixture.accept(protocol);
        stream.failWrite(kind.getConstructor().newInstance());
        fixture.inCallback(() -> protocol.write("hello"));
        fixture.turn();
        assertThat(fixture.happened())
                .containsExactly(
                        "reported " + kind.getSimpleName() + " in flush of " + CONNECTION,
                        "P lost " + kind.getSimpleName());
        assertThat(stream.isClosed()).isTrue();
        assertThat(stream.resets()).as("a part isn't taken for the whole").isTrue();
    }

    @Test
    void producersThatCannotSayWhatTheyAreAreNamedByTheirClass() {
        fixture.accept(protocol);
        Producer mute = new Mute();
        fixture.inCallback(() -> protocol.tcp().registerProducer(mute, true));
        assertThatThrownBy(() -> protocol.tcp().registerProducer(mute, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[" + Mute.class.getName() + "] feeds");
    }

    @Test
    void aReceiverThatCannotSayWhatItIsIsRefusedByItsClass() {
        ConnectionReceiver mute = new MuteReceiver();
        assertThatThrownBy(() -> fixture.tcp.listenTCP(0, List.of(mute), ListenOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[" + MuteReceiver.class.getName() + "]");
    }

    private static final class MuteReceiver implements ConnectionReceiver {
        @Override
        public void stopReceiving() {}

        @Override
        public String toString() {
            throw new AssertionError("mute");
        }
    }

    private static final class Mute implements Producer {
        @Override
        public void pauseProducing() {}

        @Override
        public void resumeProducing() {}

        @Override
        public void stopProducing() {}

        @Override
        public String toString() {
            throw new AssertionError("mute");
        }
    }

    @Test
    void othersOfTheTurnAreServed() {
        FakeStream bad = fixture.accept(protocol);
        protocol.onData(text -> fail());
        FakeStream good = fixture.accept(new RecordingProtocol(fixture.base.journal, "Q"));
        bad.receive("hello");
        good.receive("hello");
        assertThat(fixture.happensInATurn()).endsWith("Q data hello");
    }
}
