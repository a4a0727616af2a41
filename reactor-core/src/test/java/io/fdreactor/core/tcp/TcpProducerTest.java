// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.core.testing.RecordingProtocol;
import io.fdreactor.net.Producer;
import io.fdreactor.net.TcpOptions;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who feeds a connection, and when he is told to wait: NET-07. */
class TcpProducerTest {
    private static final int HIGH_WATER = TcpOptions.DEFAULT.highWaterBytes();
    private static final int LOW_WATER = TcpOptions.DEFAULT.lowWaterBytes();

    private final TcpFixture fixture = new TcpFixture();
    private final RecordingProtocol protocol = new RecordingProtocol(fixture.base.journal, "P");
    private FakeStream stream;

    /** Writes down what it is told, and does what the test has set for it when it is told to produce. */
    private final class Feeder implements Producer {
        Runnable onResume = () -> {};

        @Override
        public void pauseProducing() {
            fixture.base.journal.add("pause");
        }

        @Override
        public void resumeProducing() {
            fixture.base.journal.add("resume");
            onResume.run();
        }

        @Override
        public void stopProducing() {
            fixture.base.journal.add("stop");
        }

        @Override
        public String toString() {
            return "feeder";
        }
    }

    private final Feeder feeder = new Feeder();

    @BeforeEach
    void accept() {
        stream = fixture.accept(protocol);
    }

    private void push() {
        fixture.inCallback(() -> protocol.tcp().registerProducer(feeder, true));
    }

    private void write(int bytes) {
        fixture.inCallback(() -> protocol.tcp().write(new byte[bytes]));
    }

    @Test
    void aPushProducerIsPausedAboveTheHighMarkAndResumedAtTheLowOne() {
        push();
        stream.room(0);
        write(HIGH_WATER);
        assertThat(fixture.happened()).as("at the mark").isEmpty();
        write(1);
        assertThat(fixture.happened()).containsExactly("pause");
        write(1000);
        assertThat(fixture.happened()).as("he knows").isEmpty();
        stream.room(HIGH_WATER + 1000 - LOW_WATER);
        fixture.turn();
        assertThat(fixture.happened()).as("a byte above the low mark").isEmpty();
        stream.room(1);
        fixture.turn();
        assertThat(protocol.tcp().bufferedBytes()).isEqualTo(LOW_WATER);
        assertThat(fixture.happened()).containsExactly("resume");
        stream.room(100_000);
        fixture.turn();
        assertThat(fixture.happened()).as("he knows").isEmpty();
    }

    @Test
    void eachConnectionHasItsOwnMarks() {
        stream = fixture.accept(protocol, TcpOptions.DEFAULT.withMarks(0, 10));
        push();
        stream.room(0);
        write(10);
        assertThat(fixture.happened()).as("at the mark").isEmpty();
        write(1);
        assertThat(fixture.happened()).containsExactly("pause");
        stream.room(10);
        fixture.turn();
        assertThat(fixture.happened()).as("not yet all").isEmpty();
        stream.room(1);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("resume");
    }

    @Test
    void aPushProducerThatIsResumedEarlyMayWriteOnWithoutAPause() {
        push();
        stream.room(0);
        write(HIGH_WATER + 1);
        feeder.onResume = () -> protocol.tcp().write(new byte[1000]);
        stream.room(HIGH_WATER + 1 - LOW_WATER);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("pause", "resume");
        assertThat(protocol.tcp().bufferedBytes()).isEqualTo(LOW_WATER + 1000);
    }

    @Test
    void anAbortResumesNobody() {
        push();
        stream.room(0);
        write(HIGH_WATER + 1);
        fixture.inCallback(() -> {
            protocol.write("x");
            protocol.tcp().abortConnection();
        });
        assertThat(fixture.happened()).containsExactly("pause", "stop", "P lost ConnectionAborted");
    }

    @Test
    void whoLeavesALostConnectionDoesNotBringItsWriterBack() {
        push();
        stream.room(0);
        write(1);
        stream.failRead(new IOException("ECONNRESET"));
        fixture.turn();
        fixture.inCallback(protocol.tcp()::unregisterProducer);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("stop", "P lost ConnectionLost");
        assertThat(fixture.poller.size()).as("the port alone").isEqualTo(1);
        assertThat(stream.takeSent()).isEmpty();
    }

    @Test
    void aPushProducerIsPausedHoweverSlowlyItFillsTheBuffer() {
        push();
        stream.room(0);
        for (int i = 0; i < 200; i++) {
            write(500);
        }
        assertThat(fixture.happened()).containsExactly("pause");
    }

    @Test
    void aPushProducerIsNotToldWhileTheKernelTakesAll() {
        push();
        write(1_000_000);
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void aPushProducerThatFillsUpAgainWhenItIsResumedIsPausedAgain() {
        push();
        feeder.onResume = () -> {
            protocol.tcp().write(new byte[100_000]);
            stream.room(0);
        };
        stream.room(0);
        write(100_000);
        stream.room(100_000);
        fixture.turns(3);
        assertThat(fixture.happened()).containsExactly("pause", "resume", "pause");
    }

    @Test
    void aPullProducerIsAskedAtOnceAndEachTimeAllIsSent() {
        feeder.onResume = () -> protocol.write("x");
        fixture.inCallback(() -> protocol.tcp().registerProducer(feeder, false));
        assertThat(fixture.happened()).hasSizeGreaterThan(1).containsOnly("resume");
        fixture.turns(3);
        assertThat(fixture.happened())
                .as("once a turn: others have theirs")
                .containsExactly("resume", "resume", "resume");
        assertThat(fixture.poller.takePolls()).as("it doesn't sleep meanwhile").containsOnly(0L);
    }

    @Test
    void aPullProducerWaitsForRoom() {
        feeder.onResume = () -> protocol.write("xx");
        stream.room(1);
        fixture.inCallback(() -> protocol.tcp().registerProducer(feeder, false));
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("resume");
        feeder.onResume = () -> {};
        stream.room(100);
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("resume");
        assertThat(stream.takeSent()).isEqualTo("xx");
    }

    @Test
    void aPullProducerIsNeverPaused() {
        stream.room(0);
        fixture.inCallback(() -> protocol.tcp().registerProducer(feeder, false));
        write(1_000_000);
        assertThat(fixture.happened()).containsExactly("resume");
    }

    @Test
    void twoAtOnceAreRefusedNamingBoth() {
        push();
        assertThatThrownBy(() -> protocol.tcp().registerProducer(new Feeder(), true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[feeder]");
        fixture.inCallback(protocol.tcp()::unregisterProducer);
        push();
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void unregisteringWithoutOneDoesNothing() {
        fixture.inCallback(protocol.tcp()::unregisterProducer);
        assertThat(fixture.happened()).isEmpty();
        assertThat(stream.takeWrites()).isEmpty();
    }

    @Test
    void itIsToldToStopWhenTheConnectionIsLost() {
        push();
        stream.receiveEnd();
        assertThat(fixture.happensInATurn()).containsExactly("stop", "P lost ConnectionDone");
    }

    @Test
    void registeredTooLateItIsToldToStopAtOnce() {
        stream.receiveEnd();
        fixture.turn();
        fixture.happened();
        protocol.tcp().registerProducer(feeder, true);
        assertThat(fixture.happened()).containsExactly("stop");
    }

    @Test
    void loseConnectionWaitsUntilItIsDone() {
        push();
        fixture.inCallback(protocol.tcp()::loseConnection);
        fixture.turns(2);
        assertThat(fixture.happened()).isEmpty();
        fixture.inCallback(() -> protocol.write("still sent"));
        assertThat(stream.takeSent()).isEqualTo("still sent");
        fixture.inCallback(() -> {
            protocol.write(" and this");
            protocol.tcp().unregisterProducer();
            protocol.write("dropped");
        });
        assertThat(stream.takeSent()).isEqualTo(" and this");
        assertThat(fixture.happened()).containsExactly("P lost ConnectionDone");
    }

    @Test
    void loseConnectionLetsAPullProducerFinish() {
        int[] left = {3};
        feeder.onResume = () -> {
            protocol.write("x");
            if (--left[0] == 0) {
                protocol.tcp().unregisterProducer();
            }
        };
        fixture.inCallback(() -> {
            protocol.tcp().registerProducer(feeder, false);
            protocol.tcp().loseConnection();
        });
        fixture.turns(5);
        assertThat(stream.takeSent()).isEqualTo("xxx");
        assertThat(fixture.happened()).containsExactly("resume", "resume", "resume", "P lost ConnectionDone");
    }

    @Test
    void loseWriteConnectionWaitsUntilItIsDone() {
        push();
        fixture.inCallback(protocol.tcp()::loseWriteConnection);
        assertThat(stream.isOutputShut()).isFalse();
        fixture.inCallback(() -> {
            protocol.write("last words");
            protocol.tcp().unregisterProducer();
        });
        assertThat(stream.takeSent()).isEqualTo("last words");
        assertThat(stream.isOutputShut()).isTrue();
    }

    @Test
    void anAbortWaitsForNobody() {
        push();
        fixture.inCallback(protocol.tcp()::abortConnection);
        assertThat(fixture.happened()).containsExactly("stop", "P lost ConnectionAborted");
    }

    @Test
    void anAbortAsksAPullProducerForNoMore() {
        feeder.onResume = () -> protocol.write("x");
        fixture.inCallback(() -> {
            protocol.tcp().registerProducer(feeder, false);
            protocol.tcp().abortConnection();
        });
        assertThat(fixture.happened()).containsExactly("resume", "stop", "P lost ConnectionAborted");
        assertThat(stream.takeSent()).isEmpty();
    }

    @Test
    void thePeersEndWaitsForWhatIsWrittenButNotForTheProducer() {
        push();
        stream.room(0);
        fixture.inCallback(() -> protocol.write("answer"));
        stream.receiveEnd();
        fixture.turns(2);
        assertThat(fixture.happened()).isEmpty();
        stream.room(100);
        fixture.turns(2);
        assertThat(stream.takeSent()).isEqualTo("answer");
        assertThat(fixture.happened()).containsExactly("stop", "P lost ConnectionDone");
    }

    @Test
    void aConnectionThatFeedsItselfReadsNoFasterThanItsPeer() {
        protocol.onData(protocol::write);
        fixture.inCallback(() -> protocol.tcp().registerProducer(protocol.tcp(), true));
        stream.room(0);
        for (int i = 0; i < 10; i++) {
            stream.receive("x".repeat(20_000));
        }
        fixture.turns(10);
        assertThat(fixture.happened()).as("up to the mark and not much further").hasSize(4);
        stream.room(Long.MAX_VALUE);
        fixture.turns(10);
        assertThat(fixture.happened()).hasSize(6);
        assertThat(stream.takeSent()).hasSize(200_000);
        stream.receiveEnd();
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("P lost ConnectionDone");
    }

    @Test
    void aConnectionThatFeedsItselfSendsItsEndWithoutBeingWaitedFor() {
        RecordingProtocol.HalfCloseable half = new RecordingProtocol.HalfCloseable(fixture.base.journal, "H");
        stream = fixture.accept(half);
        half.onData(half::write);
        half.onReadLost(() -> half.tcp().loseWriteConnection());
        fixture.inCallback(() -> half.tcp().registerProducer(half.tcp(), true));
        stream.receive("hello");
        stream.receiveEnd();
        fixture.turns(4);
        assertThat(stream.takeSent()).isEqualTo("hello");
        assertThat(stream.isOutputShut()).isTrue();
        assertThat(fixture.happened())
                .containsExactly("H data hello", "H readLost", "H writeLost", "H lost ConnectionDone");
    }

    @Test
    void aConnectionThatFeedsItselfMaySendItsEndBeforeItsPeersAndReadsOn() {
        RecordingProtocol.HalfCloseable half = new RecordingProtocol.HalfCloseable(fixture.base.journal, "H");
        stream = fixture.accept(half);
        fixture.inCallback(() -> half.tcp().registerProducer(half.tcp(), true));
        stream.room(0);
        fixture.inCallback(() -> half.tcp().write(new byte[HIGH_WATER + 1]));
        fixture.inCallback(() -> half.tcp().loseWriteConnection());
        stream.receive("still read");
        fixture.turns(2);
        assertThat(fixture.happened()).as("it was paused as its own producer").containsExactly("H data still read");
        stream.room(Long.MAX_VALUE);
        fixture.turns(2);
        assertThat(stream.takeSentBytes()).hasSize(HIGH_WATER + 1);
        assertThat(stream.isOutputShut()).isTrue();
        stream.receiveEnd();
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("H writeLost", "H lost ConnectionDone");
    }

    @Test
    void anEndThatWasAskedForBeforeThePeersFollowsIt() {
        RecordingProtocol.HalfCloseable half = new RecordingProtocol.HalfCloseable(fixture.base.journal, "H");
        stream = fixture.accept(half);
        fixture.inCallback(() -> {
            half.tcp().registerProducer(half.tcp(), true);
            half.onReadLost(() -> {});
        });
        stream.receiveEnd();
        fixture.turns(2);
        fixture.inCallback(() -> half.tcp().loseWriteConnection());
        fixture.turns(2);
        assertThat(stream.isOutputShut()).isTrue();
    }

    @Test
    void aPullProducerThatThrowsWhenItIsRegisteredIsNot() {
        feeder.onResume = () -> {
            throw new IllegalStateException("not now");
        };
        assertThatThrownBy(() -> protocol.tcp().registerProducer(feeder, false)).hasMessage("not now");
        feeder.onResume = () -> {};
        fixture.inCallback(() -> protocol.tcp().registerProducer(feeder, false));
        assertThat(fixture.happened()).startsWith("resume", "resume");
    }
}
