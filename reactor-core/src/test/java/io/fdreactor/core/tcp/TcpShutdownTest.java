// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static io.fdreactor.EventPhase.AFTER;
import static io.fdreactor.EventPhase.BEFORE;
import static io.fdreactor.EventPhase.DURING;
import static io.fdreactor.IReactorCore.SHUTDOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.ReactorClosed;
import io.fdreactor.core.loop.Loop;
import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.core.testing.RecordingFactory;
import io.fdreactor.core.testing.RecordingProtocol;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.Producer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of ports, connections and attempts when the reactor ends: CORE-06. */
class TcpShutdownTest {
    private final TcpFixture fixture = new TcpFixture();

    @AfterEach
    void nothingLeaks() {
        fixture.endAndAssertNothingLeaks();
    }

    private void shutDown() {
        fixture.happened();
        fixture.loop.stop();
        assertThat(fixture.loop.iterate(0)).isFalse();
    }

    @Test
    void connectionsAreLostAndPortsClosedAndFactoriesStopped() {
        FakeStream stream = fixture.accept();
        shutDown();
        assertThat(fixture.happened()).containsExactly("P lost ConnectionLost", "F stop");
        assertThat(stream.isClosed()).isTrue();
        assertThat(stream.resets()).isFalse();
    }

    @Test
    void whatIsPausedOrClosingOrHalfClosedIsLostToo() {
        FakeStream paused = fixture.accept();
        fixture.inCallback(fixture.transport()::pauseProducing);
        FakeStream closing = fixture.accept(new RecordingProtocol(fixture.base.journal, "Q"));
        closing.room(0);
        fixture.inCallback(() -> {
            fixture.factory.last().write("stuck");
            fixture.transport().loseConnection();
        });
        RecordingProtocol.HalfCloseable half = new RecordingProtocol.HalfCloseable(fixture.base.journal, "H");
        FakeStream ended = fixture.accept(half);
        ended.receiveEnd();
        fixture.turn();
        shutDown();
        assertThat(fixture.happened())
                .containsExactlyInAnyOrder(
                        "P lost ConnectionLost", "Q lost ConnectionLost", "H lost ConnectionLost", "F stop");
        assertThat(paused.isClosed() && closing.isClosed() && ended.isClosed()).isTrue();
    }

    @Test
    void whatIsUnfinishedIsResetAndWhatIsCompleteIsNot() {
        FakeStream idle = fixture.accept();
        FakeStream full = fixture.accept();
        full.room(1);
        fixture.inCallback(() -> fixture.factory.last().write("half"));
        FakeStream fed = fixture.accept();
        fixture.inCallback(() -> fixture.transport().registerProducer(new NeverDone(), true));
        FakeStream echo = fixture.accept();
        fixture.inCallback(() -> fixture.transport().registerProducer(fixture.transport(), true));
        FakeStream complete = fixture.accept();
        fixture.loop.addTrigger(
                BEFORE, SHUTDOWN, Loop.asTrigger(() -> fixture.factory.last().write("whole")));
        shutDown();
        assertThat(full.resets()).isTrue();
        assertThat(fed.resets()).isTrue();
        assertThat(complete.takeSent()).isEqualTo("whole");
        assertThat(List.of(idle, echo, complete)).noneMatch(FakeStream::resets);
    }

    private static final class NeverDone implements Producer {
        @Override
        public void resumeProducing() {
            // It has nothing yet.
        }

        @Override
        public void stopProducing() {
            // It has never done.
        }
    }

    @Test
    void aPortThatIsDrainedHoldsTheShutdownUntilItsConnectionsAreGone() throws IOException {
        ListeningPort port = fixture.tcp.listenTCP(0, fixture.factory);
        FakeStream first = fixture.accept();
        FakeStream second = fixture.accept();
        fixture.loop.addTrigger(BEFORE, SHUTDOWN, () -> port.drain(Duration.ofSeconds(10)));
        fixture.loop.stop();
        fixture.turns(3);
        first.receiveEnd();
        fixture.turns(3);
        assertThat(fixture.happened()).containsExactly("F stop", "P lost ConnectionDone");
        assertThat(second.isClosed()).isFalse();
        second.receiveEnd();
        assertThat(endsIn(5)).isTrue();
        assertThat(fixture.happened()).containsExactly("P lost ConnectionDone");
        assertThat(second.resets()).isFalse();
    }

    @Test
    void whatIsLeftAfterTheTimeToDrainIsReset() throws IOException {
        ListeningPort port = fixture.tcp.listenTCP(0, fixture.factory);
        FakeStream stream = fixture.accept();
        fixture.loop.addTrigger(BEFORE, SHUTDOWN, () -> port.drain(Duration.ofSeconds(10)));
        fixture.loop.stop();
        assertThat(endsIn(3)).isFalse();
        fixture.base.clock.advance(TimeUnit.SECONDS.toNanos(9));
        assertThat(endsIn(3)).isFalse();
        fixture.base.clock.advance(TimeUnit.SECONDS.toNanos(1));
        assertThat(endsIn(5)).isTrue();
        assertThat(fixture.happened()).contains("P lost ConnectionAborted");
        assertThat(stream.resets()).isTrue();
    }

    private boolean endsIn(int turns) {
        for (int i = 0; i < turns; i++) {
            if (!fixture.loop.iterate(0)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void whatWasWrittenInTheLastCallbackIsSentIfTheKernelTakesIt() {
        FakeStream stream = fixture.accept();
        fixture.loop.timers().schedule(0, () -> {
            fixture.factory.last().write("goodbye");
            fixture.loop.stop();
        });
        while (fixture.loop.iterate(0)) {
            // Until the end.
        }
        assertThat(stream.takeSent()).isEqualTo("goodbye");
    }

    @Test
    void anAttemptThatIsPendingFailsOnceAndNoOtherAddressIsTried() {
        fixture.resolver.name("example.org", TcpFixture.address("10.0.0.8"), TcpFixture.address("10.0.0.9"));
        fixture.tcp.connectTCP("example.org", 80, fixture.factory);
        fixture.turns(2);
        fixture.happened();
        fixture.loop.stop();
        fixture.loop.iterate(0);
        assertThat(fixture.happened()).containsExactly("F failed Stopped", "F stop");
        assertThat(fixture.sockets.opened()).isEqualTo(1);
    }

    @Test
    void anAttemptThatHasNotBegunFailsToo() {
        fixture.turn();
        fixture.loop.addTrigger(
                BEFORE,
                SHUTDOWN,
                Loop.asTrigger(() -> fixture.tcp.connectTCP(
                        "10.0.0.9", 80, fixture.factory, ConnectOptions.DEFAULT.withTimeout(null))));
        shutDown();
        assertThat(fixture.happened()).containsExactly("F start", "F connecting", "F failed Stopped", "F stop");
    }

    @Test
    void anAttemptThatLooksUpANameFailsTooAndItsLookUpIsCancelled() {
        fixture.tcp.connectTCP("example.org", 80, fixture.factory);
        fixture.turn();
        shutDown();
        assertThat(fixture.happened()).containsExactly("F failed Stopped", "F stop");
        assertThat(fixture.resolver.latest()).isCancelled();
        assertThat(fixture.sockets.opened()).isZero();
    }

    @Test
    void oneThatReconnectsWheneverItIsLostComesToAnEnd() {
        fixture.factory.onLost(Connector::connect);
        fixture.factory.onFailed(Connector::connect);
        fixture.tcp.connectTCP("10.0.0.8", 80, fixture.factory);
        fixture.turn();
        fixture.sockets.stream().establish();
        fixture.turn();
        shutDown();
        assertThat(fixture.happened())
                .startsWith("P lost ConnectionLost", "F lost ConnectionLost", "F connecting")
                .hasSizeLessThan(100);
        assertThat(fixture.sockets.opened())
                .as("it is stopped before it opens anything")
                .isEqualTo(1);
    }

    @Test
    void aProtocolThatOpensWhateverItCanWhenItIsLostComesToAnEndWithoutALeak() {
        RecordingProtocol protocol = new RecordingProtocol(fixture.base.journal, "P");
        RecordingFactory other = new RecordingFactory(fixture.base.journal);
        protocol.onLost(reason -> {
            try {
                fixture.tcp.listenTCP(99, other);
                fixture.tcp.connectTCP("10.0.0.8", 80, other);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        fixture.accept(protocol);
        fixture.inCallback(protocol.tcp()::pauseProducing);
        shutDown();
        assertThat(fixture.sockets.opened()).isGreaterThan(2);
        assertThat(fixture.happened()).contains("P lost ConnectionLost", "F failed Stopped");
    }

    @Test
    void aPortThatIsOpenedInThePlaceOfOneThatIsStoppedIsRefusedAtTheEnd() throws IOException {
        ListeningPort port = fixture.tcp.listenTCP(0, fixture.factory);
        fixture.turn();
        fixture.loop.addTrigger(
                AFTER,
                SHUTDOWN,
                Loop.asTrigger(() -> port.stopListening()
                        .thenRun(() -> assertThatThrownBy(port::startListening).isInstanceOf(ReactorClosed.class))
                        .thenRun(fixture.base.journal.note("refused"))));
        shutDown();
        assertThat(fixture.happened()).containsExactly("F stop", "refused");
    }

    @Test
    void whatIsOpenedDuringTheShutdownIsClosedAtItsEnd() {
        fixture.turn();
        fixture.loop.addTrigger(DURING, SHUTDOWN, () -> {
            fixture.tcp.listenTCP(0, fixture.factory);
            return null;
        });
        shutDown();
        assertThat(fixture.happened()).containsExactly("F start", "F stop");
    }

    @Test
    void aReactorThatNeverRanClosesWhatItHas() throws IOException {
        fixture.tcp.listenTCP(0, fixture.factory);
        fixture.tcp.connectTCP("10.0.0.8", 80, fixture.factory);
        fixture.happened();
        fixture.loop.close();
        assertThat(fixture.happened()).containsExactly("F failed Stopped", "F stop");
        assertThat(fixture.sockets.open()).isZero();
        assertThatThrownBy(() -> fixture.tcp.listenTCP(0, fixture.factory)).isInstanceOf(ReactorClosed.class);
        assertThatThrownBy(() -> fixture.tcp.connectTCP("10.0.0.8", 80, fixture.factory))
                .isInstanceOf(ReactorClosed.class);
    }

    @Test
    void aVirtualMachineErrorClosesEverythingToo() {
        FakeStream stream = fixture.accept();
        FakeStream other = fixture.accept(new RecordingProtocol(fixture.base.journal, "Q"));
        fixture.loop.timers().schedule(0, () -> {
            throw new OutOfMemoryError("the end");
        });
        assertThatThrownBy(fixture::turn).isInstanceOf(OutOfMemoryError.class);
        assertThat(stream.isClosed() && other.isClosed()).isTrue();
        assertThat(fixture.happened())
                .containsExactlyInAnyOrder("P lost ConnectionLost", "Q lost ConnectionLost", "F stop");
        assertThat(fixture.sockets.open()).isZero();
    }

    @Test
    void afterTheEndATransportDropsWhatItIsToldWithoutComplaint() {
        fixture.accept();
        var transport = fixture.transport();
        shutDown();
        transport.write(new byte[10]);
        transport.loseConnection();
        transport.abortConnection();
        transport.loseWriteConnection();
        transport.pauseProducing();
        transport.resumeProducing();
        transport.unregisterProducer();
        assertThat(transport.bufferedBytes()).isZero();
    }
}
