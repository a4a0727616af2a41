// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static io.fdreactor.core.spi.Ready.HANGUP;
import static io.fdreactor.core.spi.Ready.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.core.testing.RecordingProtocol;
import io.fdreactor.net.TcpTransport;
import java.io.IOException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How a connection ends, by either side, in halves, in any order and from any callback: NET-05, NET-06, NET-12. */
class TcpConnectionEndTest {
    private final TcpFixture fixture = new TcpFixture();
    private final RecordingProtocol plain = new RecordingProtocol(fixture.base.journal, "P");
    private final RecordingProtocol.HalfCloseable half = new RecordingProtocol.HalfCloseable(fixture.base.journal, "H");

    @AfterEach
    void nothingLeaks() {
        fixture.endAndAssertNothingLeaks();
    }

    @Test
    void thePeersEndEndsTheConnectionCleanly() {
        FakeStream stream = fixture.accept(plain);
        stream.receiveEnd();
        assertThat(fixture.happensInATurn()).containsExactly("P lost ConnectionDone");
        assertThat(stream.isClosed()).isTrue();
        assertThat(stream.resets()).isFalse();
    }

    @Test
    void thePeersEndWaitsForWhatWasWritten() {
        FakeStream stream = fixture.accept(plain);
        stream.room(2);
        plain.onData(text -> plain.write("answer"));
        stream.receive("question");
        stream.receiveEnd();
        fixture.turns(3);
        assertThat(fixture.happened()).containsExactly("P data question");
        stream.room(100);
        fixture.turns(2);
        assertThat(stream.takeSent()).isEqualTo("answer");
        assertThat(fixture.happened()).containsExactly("P lost ConnectionDone");
    }

    @Test
    void thePeersResetIsALossWithItsCause() {
        FakeStream stream = fixture.accept(plain);
        plain.onLost(reason -> assertThat(reason).hasRootCauseMessage("ECONNRESET"));
        stream.failRead(new IOException("ECONNRESET"));
        assertThat(fixture.happensInATurn()).containsExactly("P lost ConnectionLost");
    }

    @Test
    void aFailedWriteIsALossWithItsCause() {
        FakeStream stream = fixture.accept(plain);
        plain.onLost(reason -> assertThat(reason).hasRootCauseMessage("EPIPE"));
        stream.failWrite(new IOException("EPIPE"));
        fixture.inCallback(() -> plain.write("hello"));
        assertThat(fixture.happened()).containsExactly("P lost ConnectionLost");
    }

    @Test
    void aFailedWriteIsNoticedWhileReadingIsPaused() {
        FakeStream stream = fixture.accept(plain);
        stream.room(1);
        fixture.inCallback(() -> {
            plain.tcp().pauseProducing();
            plain.write("hello");
        });
        stream.failWrite(new IOException("EPIPE"));
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("P lost ConnectionLost");
    }

    @Test
    void aWriteThatFailsUncheckedEndsTheConnectionNotTheLoop() {
        FakeStream stream = fixture.accept(plain);
        stream.failWrite(new IllegalStateException("a bug"));
        fixture.inCallback(() -> plain.write("hello"));
        assertThat(fixture.happened())
                .containsExactly(
                        "reported IllegalStateException(a bug) in flush of TCP connection 0.0.0.0:4711 - 10.0.0.2:2000",
                        "P lost IllegalStateException(a bug)");
    }

    @Test
    void oneThatCannotBeWatchedForRoomIsLostWithTheCause() {
        FakeStream stream = fixture.accept(plain);
        stream.room(1);
        fixture.inCallback(plain.tcp()::pauseProducing);
        fixture.poller.refuse(stream.fd(), new IOException("ENOSPC"));
        plain.onLost(reason -> assertThat(reason).hasRootCauseMessage("ENOSPC"));
        fixture.inCallback(() -> plain.write("hello"));
        assertThat(fixture.happened()).containsExactly("P lost ConnectionLost");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void oneThatCannotBeWatchedForInputAgainIsLostWithTheCause() {
        FakeStream stream = fixture.accept(plain);
        fixture.inCallback(plain.tcp()::pauseProducing);
        fixture.poller.refuse(stream.fd(), new IOException("ENOSPC"));
        plain.onLost(reason -> assertThat(reason).hasRootCauseMessage("ENOSPC"));
        fixture.inCallback(plain.tcp()::resumeProducing);
        assertThat(fixture.happened()).containsExactly("P lost ConnectionLost");
    }

    @Test
    void loseConnectionSendsWhatWasWrittenAndThenCloses() {
        FakeStream stream = fixture.accept(plain);
        stream.room(2);
        fixture.inCallback(() -> {
            plain.write("goodbye");
            plain.tcp().loseConnection();
            plain.write("dropped");
        });
        stream.receive("ignored");
        fixture.turns(2);
        assertThat(fixture.happened()).isEmpty();
        assertThat(stream.isClosed()).isFalse();
        stream.room(100);
        fixture.turns(2);
        assertThat(stream.takeSent()).isEqualTo("goodbye");
        assertThat(fixture.happened()).containsExactly("P lost ConnectionDone");
        assertThat(stream.isClosed()).isTrue();
        assertThat(stream.resets()).isFalse();
    }

    @Test
    void loseConnectionWithNothingToSendClosesBeforeTheNextWait() {
        FakeStream stream = fixture.accept(plain);
        fixture.inCallback(() -> {
            plain.tcp().loseConnection();
            assertThat(fixture.happened()).as("not from inside the call").isEmpty();
        });
        assertThat(fixture.happened()).containsExactly("P lost ConnectionDone");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void aLossWhileClosingIsALoss() {
        FakeStream stream = fixture.accept(plain);
        stream.room(1);
        fixture.inCallback(() -> {
            plain.write("goodbye");
            plain.tcp().loseConnection();
        });
        stream.failWrite(new IOException("EPIPE"));
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("P lost ConnectionLost");
    }

    @Test
    void aHangUpWhileClosingIsALoss() {
        FakeStream stream = fixture.accept(plain);
        stream.room(0);
        fixture.inCallback(() -> {
            plain.write("goodbye");
            plain.tcp().loseConnection();
        });
        fixture.poller.fire(stream.fd(), HANGUP);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("P lost ConnectionLost");
    }

    @Test
    void abortConnectionDropsWhatWasWrittenAndResets() {
        FakeStream stream = fixture.accept(plain);
        fixture.inCallback(() -> {
            plain.write("dropped");
            plain.tcp().abortConnection();
            plain.write("dropped, too");
            assertThat(fixture.happened()).as("not from inside the call").isEmpty();
        });
        assertThat(fixture.happened()).containsExactly("P lost ConnectionAborted");
        assertThat(stream.takeSent()).isEmpty();
        assertThat(stream.resets()).isTrue();
        assertThat(stream.isClosed()).isTrue();
        assertThat(fixture.loop.timers().pending()).isEmpty();
    }

    @Test
    void abortConnectionWorksWhileTheKernelIsFull() {
        FakeStream stream = fixture.accept(plain);
        stream.room(0);
        fixture.inCallback(() -> plain.write("stuck"));
        fixture.inCallback(plain.tcp()::abortConnection);
        assertThat(fixture.happened()).containsExactly("P lost ConnectionAborted");
    }

    @Test
    void afterAnAbortNothingIsReadAnyMore() {
        FakeStream stream = fixture.accept(plain);
        plain.onData(text -> plain.tcp().abortConnection());
        stream.receive("one");
        stream.receive("two");
        fixture.turns(3);
        assertThat(fixture.happened()).containsExactly("P data one", "P lost ConnectionAborted");
    }

    @Test
    void whatIsThrownAfterAnAbortIsTheReason() {
        FakeStream stream = fixture.accept(plain);
        plain.onData(text -> {
            plain.tcp().abortConnection();
            throw new IllegalStateException("oops");
        });
        stream.receive("one");
        fixture.turns(2);
        assertThat(fixture.happened())
                .containsExactly(
                        "P data one",
                        "reported IllegalStateException(oops) in doRead of TCP connection 0.0.0.0:4711 - 10.0.0.2:2000",
                        "P lost IllegalStateException(oops)");
        assertThat(stream.resets()).isTrue();
    }

    /** An end that a protocol can ask for. */
    enum Ending {
        LOSE(TcpTransport::loseConnection),
        ABORT(TcpTransport::abortConnection),
        LOSE_WRITE(TcpTransport::loseWriteConnection);

        final Consumer<TcpTransport> ask;

        Ending(Consumer<TcpTransport> ask) {
            this.ask = ask;
        }
    }

    static Stream<Arguments> pairsOfEndings() {
        return Stream.of(Ending.values())
                .flatMap(one -> Stream.of(Ending.values()).map(other -> arguments(one, other)));
    }

    @ParameterizedTest
    @MethodSource("pairsOfEndings")
    void askedForTwoEndsInOneCallbackItComesToOne(Ending first, Ending second) {
        FakeStream stream = fixture.accept(half);
        stream.room(2);
        fixture.inCallback(() -> {
            half.write("goodbye");
            first.ask.accept(half.tcp());
            second.ask.accept(half.tcp());
        });
        stream.room(100);
        fixture.turns(3);
        stream.receiveEnd();
        fixture.turns(2);
        boolean aborted = first == Ending.ABORT || second == Ending.ABORT;
        assertThat(fixture.happened())
                .filteredOn(line -> line.startsWith("H lost"))
                .containsExactly(aborted ? "H lost ConnectionAborted" : "H lost ConnectionDone");
        assertThat(stream.takeSent()).isEqualTo(aborted ? "" : "goodbye");
        assertThat(stream.isClosed()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("pairsOfEndings")
    void askedForTwoEndsInTwoTurnsItComesToOne(Ending first, Ending second) {
        FakeStream stream = fixture.accept(half);
        stream.room(2);
        fixture.inCallback(() -> {
            half.write("goodbye");
            first.ask.accept(half.tcp());
        });
        fixture.inCallback(() -> second.ask.accept(half.tcp()));
        stream.room(100);
        fixture.turns(3);
        stream.receiveEnd();
        fixture.turns(2);
        boolean aborted = first == Ending.ABORT || second == Ending.ABORT;
        assertThat(fixture.happened())
                .filteredOn(line -> line.startsWith("H lost"))
                .containsExactly(aborted ? "H lost ConnectionAborted" : "H lost ConnectionDone");
        assertThat(stream.isClosed()).isTrue();
    }

    /** A callback from which an end can be asked for: arranges that it is, and makes it happen. */
    record Place(String name, BiConsumer<TcpConnectionEndTest, Runnable> arrange) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> endingsFromPlaces() {
        Stream<Place> places = Stream.of(
                new Place("connectionMade", (test, ask) -> {
                    test.half.onMade(transport -> ask.run());
                    test.fixture.accept(test.half);
                }),
                new Place("dataReceived", (test, ask) -> {
                    test.half.onData(text -> ask.run());
                    test.fixture.accept(test.half).receive("hello");
                }),
                new Place("readConnectionLost", (test, ask) -> {
                    test.half.onReadLost(ask);
                    test.fixture.accept(test.half).receiveEnd();
                }),
                new Place("writeConnectionLost", (test, ask) -> {
                    test.half.onWriteLost(ask);
                    test.fixture.accept(test.half);
                    test.half.tcp().loseWriteConnection();
                }),
                new Place("connectionLost", (test, ask) -> {
                    test.half.onLost(reason -> ask.run());
                    test.fixture.accept(test.half);
                    test.half.tcp().loseConnection();
                }),
                new Place("a timer", (test, ask) -> {
                    test.fixture.accept(test.half);
                    test.fixture.loop.timers().schedule(0, ask);
                }));
        return places.flatMap(place -> Stream.of(Ending.values()).map(ending -> arguments(place, ending)));
    }

    @ParameterizedTest
    @MethodSource("endingsFromPlaces")
    void anEndMayBeAskedForInAnyCallback(Place place, Ending ending) {
        place.arrange.accept(this, () -> {
            half.write("bye");
            ending.ask.accept(half.tcp());
            ending.ask.accept(half.tcp());
            half.write("dropped");
        });
        fixture.turns(3);
        FakeStream stream = fixture.sockets.stream();
        if (!stream.isClosed()) {
            assertThat(ending).isEqualTo(Ending.LOSE_WRITE);
            assertThat(stream.isOutputShut()).isTrue();
            stream.receiveEnd();
            fixture.turns(2);
        }
        assertThat(stream.isClosed()).isTrue();
        assertThat(stream.takeSent()).isIn("bye", "");
    }

    @Test
    void anEndIsToldOnceAlsoIfItComesFromBothSidesAtOnce() {
        FakeStream stream = fixture.accept(plain);
        stream.receiveEnd();
        fixture.inCallback(plain.tcp()::loseConnection);
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("P lost ConnectionDone");
    }

    @Test
    void thePeersEndLeavesTheWritingOfAHalfCloseableProtocolAlone() {
        FakeStream stream = fixture.accept(half);
        stream.receiveEnd();
        assertThat(fixture.happensInATurn()).containsExactly("H readLost");
        fixture.turn();
        assertThat(fixture.poller.size()).as("the port alone: it doesn't spin").isEqualTo(1);
        fixture.inCallback(() -> half.write("still here"));
        assertThat(stream.takeSent()).isEqualTo("still here");
        fixture.inCallback(half.tcp()::resumeProducing);
        fixture.turn();
        assertThat(fixture.happened()).as("there is no more to read").isEmpty();
        fixture.inCallback(half.tcp()::loseConnection);
        assertThat(fixture.happened()).containsExactly("H lost ConnectionDone");
    }

    @Test
    void loseWriteConnectionSendsThisSidesEndAfterWhatWasWritten() {
        FakeStream stream = fixture.accept(half);
        stream.room(2);
        fixture.inCallback(() -> {
            half.write("goodbye");
            half.tcp().loseWriteConnection();
            half.write("dropped");
        });
        assertThat(stream.isOutputShut()).isFalse();
        stream.room(100);
        assertThat(fixture.happensInATurn()).containsExactly("H writeLost");
        assertThat(stream.takeSent()).isEqualTo("goodbye");
        assertThat(stream.isOutputShut()).isTrue();
        stream.receive("still here");
        assertThat(fixture.happensInATurn()).containsExactly("H data still here");
        stream.receiveEnd();
        assertThat(fixture.happensInATurn()).as("both halves have ended").containsExactly("H lost ConnectionDone");
    }

    @Test
    void afterThePeersEndLoseWriteConnectionEndsItAll() {
        FakeStream stream = fixture.accept(half);
        stream.receiveEnd();
        fixture.turn();
        fixture.inCallback(half.tcp()::loseWriteConnection);
        assertThat(fixture.happened()).containsExactly("H readLost", "H writeLost", "H lost ConnectionDone");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void loseWriteConnectionWorksWithoutAProtocolThatHearsOfIt() {
        FakeStream stream = fixture.accept(plain);
        fixture.inCallback(plain.tcp()::loseWriteConnection);
        assertThat(stream.isOutputShut()).isTrue();
        stream.receive("still here");
        stream.receiveEnd();
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("P data still here", "P lost ConnectionDone");
    }

    @Test
    void anEndThatCannotBeSentIsALoss() {
        FakeStream stream = fixture.accept(half);
        stream.failShutdown(new IOException("ENOTCONN"));
        fixture.inCallback(half.tcp()::loseWriteConnection);
        assertThat(fixture.happened()).containsExactly("H lost ConnectionLost");
    }

    @Test
    void aHalfClosedConnectionCanBeReset() {
        FakeStream stream = fixture.accept(half);
        fixture.inCallback(half.tcp()::loseWriteConnection);
        stream.failRead(new IOException("ECONNRESET"));
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("H writeLost", "H lost ConnectionLost");
    }

    @Test
    void anEventAfterTheEndReachesNobody() {
        FakeStream stream = fixture.accept(plain);
        fixture.poller.fire(stream.fd(), WRITE | HANGUP);
        fixture.inCallback(plain.tcp()::abortConnection);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("P lost ConnectionAborted");
    }
}
