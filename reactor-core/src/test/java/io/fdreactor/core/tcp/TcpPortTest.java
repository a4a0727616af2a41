// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.core.spi.Ready;
import io.fdreactor.core.spi.Sockets.AcceptFailed;
import io.fdreactor.core.spi.Sockets.AcceptFailed.Kind;
import io.fdreactor.core.testing.FakeListener;
import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.core.testing.RecordingFactory;
import io.fdreactor.core.testing.RecordingProtocol;
import io.fdreactor.net.CannotListen;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.TcpOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listening, accepting, and what may go wrong with either: NET-01, NET-03, NET-09, NET-10, NET-11. */
class TcpPortTest {
    private final TcpFixture fixture = new TcpFixture();

    @AfterEach
    void nothingLeaks() {
        fixture.endAndAssertNothingLeaks();
    }

    private ListeningPort listen(int port) throws CannotListen {
        return fixture.tcp.listenTCP(port, fixture.factory);
    }

    @Test
    void itListensAtOnceOnEveryIPv4AddressAndKnowsItsPort() throws IOException {
        ListeningPort port = listen(0);
        assertThat(port.getHost()).isEqualTo(new InetSocketAddress("0.0.0.0", 4711));
        assertThat(port).hasToString("TCP port 0.0.0.0:4711");
        assertThat(fixture.happened()).containsExactly("F start");
        assertThat(fixture.poller.interest(fixture.sockets.listener().fd())).isEqualTo(Ready.READ);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1:80", "::1, [0:0:0:0:0:0:0:1]:80", "::, [0:0:0:0:0:0:0:0]:80"})
    void itListensWhereItIsTold(String address, String expected) throws IOException {
        ListeningPort port = fixture.tcp.listenTCP(80, fixture.factory, ListenOptions.DEFAULT.withBindAddress(address));
        assertThat(port).hasToString("TCP port " + expected);
    }

    @Test
    void aNameIsNoAddressToListenOn() {
        assertThatThrownBy(() ->
                        fixture.tcp.listenTCP(80, fixture.factory, ListenOptions.DEFAULT.withBindAddress("localhost")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[localhost]");
        assertThat(fixture.happened()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536})
    void aPortIsANumberOfSixteenBits(int port) {
        assertThatThrownBy(() -> listen(port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[" + port + "]");
    }

    @Test
    void aPortThatIsTakenIsSaidSoWithTheAddressAndTheCause() {
        IOException cause = new IOException("EADDRINUSE");
        fixture.sockets.failOpen(cause);
        assertThatThrownBy(() -> listen(80))
                .isInstanceOf(CannotListen.class)
                .hasMessageContaining("[0.0.0.0:80]")
                .hasMessageContaining("EADDRINUSE")
                .hasCause(cause);
        assertThat(fixture.happened()).as("the factory was never used").isEmpty();
    }

    @Test
    void aPortThatCannotBeWatchedIsClosedAgain() {
        fixture.poller.refuse(100, new IOException("ENOSPC"));
        assertThatThrownBy(() -> listen(80)).isInstanceOf(CannotListen.class).hasMessageContaining("ENOSPC");
        assertThat(fixture.sockets.opened()).isEqualTo(1);
        assertThat(fixture.sockets.open()).isZero();
    }

    @Test
    void aFactoryThatDoesNotStartLeavesNoPort() throws IOException {
        fixture.factory.onStart(() -> {
            throw new IllegalStateException("oops");
        });
        assertThatThrownBy(() -> listen(80)).hasMessage("oops");
        assertThat(fixture.sockets.open()).isZero();
        fixture.turns(2);
        fixture.factory.onStart(() -> {});
        fixture.happened();
        listen(80);
        assertThat(fixture.happened()).as("nothing was counted").containsExactly("F start");
    }

    @Test
    void eachConnectionGetsAProtocolOfItsOwn() {
        FakeListener listener = fixture.listen();
        listener.connect();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F builds", "P made");
        listener.connect();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F builds", "P made");
        assertThat(fixture.sockets.open())
                .as("the port, its reserve and two connections")
                .isEqualTo(4);
    }

    @Test
    void aConnectionIsReadFromTheNextTurnOn() {
        FakeStream stream = fixture.listen().connect();
        stream.receive("hello");
        assertThat(fixture.happensInATurn()).containsExactly("F builds", "P made");
        assertThat(fixture.happensInATurn()).containsExactly("P data hello");
    }

    @Test
    void manyThatWaitAreAcceptedInBatchesThatGrow() {
        FakeListener listener = fixture.listen();
        for (int i = 0; i < 100; i++) {
            listener.connect();
        }
        int turns = 0;
        for (; fixture.sockets.open() > 2 && !fixture.happensInATurn().isEmpty(); turns++) {
            // Until none waits.
        }
        assertThat(listener.accepts()).isBetween(100, 102);
        assertThat(turns).isEqualTo(7);
    }

    @Test
    void aLoneConnectionCostsTwoAcceptsAtMost() {
        FakeListener listener = fixture.listen();
        for (int i = 0; i < 50; i++) {
            listener.connect();
            fixture.turn();
        }
        assertThat(listener.accepts()).isLessThanOrEqualTo(100);
    }

    @Test
    void aConnectionThatNobodyWantsIsClosedAtOnce() {
        fixture.factory.builds(() -> null);
        FakeStream stream = fixture.listen().connect();
        assertThat(fixture.happensInATurn()).containsExactly("F builds");
        assertThat(stream.isClosed()).isTrue();
        fixture.sockets.listener().connect();
        assertThat(fixture.happensInATurn()).containsExactly("F builds");
    }

    @Test
    void aFactoryThatThrowsLosesThatConnectionAlone() {
        fixture.factory.builds(() -> {
            throw new IllegalStateException("oops");
        });
        FakeStream stream = fixture.listen().connect();
        assertThat(fixture.happensInATurn())
                .containsExactly(
                        "F builds", "reported IllegalStateException(oops) in buildProtocol of TCP port 0.0.0.0:4711");
        assertThat(stream.isClosed()).isTrue();
        fixture.factory.builds(() -> new RecordingProtocol(fixture.base.journal, "P"));
        fixture.sockets.listener().connect();
        assertThat(fixture.happensInATurn()).containsExactly("F builds", "P made");
    }

    @Test
    void aPeerThatHasGoneAlreadyIsPassedOver() {
        FakeListener listener = fixture.listen();
        FakeStream gone = listener.connect();
        gone.failOption(new IOException("ENOTCONN"));
        listener.connect();
        fixture.turns(2);
        assertThat(gone.isClosed()).isTrue();
        assertThat(fixture.happened()).containsExactly("F builds", "P made");
    }

    @Test
    void aConnectionThatCannotBeWatchedIsClosedAndReported() {
        FakeListener listener = fixture.listen();
        fixture.poller.refuse(102, new IOException("ENOSPC"));
        FakeStream stream = listener.connect();
        assertThat(stream.fd()).isEqualTo(102);
        assertThat(fixture.happensInATurn())
                .containsExactly(
                        "F builds",
                        "reported InvalidDescriptor in addReader of TCP connection 0.0.0.0:4711 - 10.0.0.2:2000");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void theOptionsAreSetOnEachConnection() throws IOException {
        fixture.tcp.listenTCP(
                0, fixture.factory, ListenOptions.DEFAULT.withNoDelay(false).withKeepAlive(true));
        FakeStream stream = fixture.sockets.listener().connect();
        fixture.turn();
        assertThat(stream.noDelay()).isFalse();
        assertThat(stream.keepAlive()).isTrue();
    }

    @Test
    void anOptionLeftToTheSystemIsNotSet() {
        FakeStream stream = fixture.accept();
        assertThat(stream.optionsSet()).containsExactly("noDelay true");
    }

    @Test
    void theListenerSetsTheBufferForReceivingAndThePortTheRest() throws IOException {
        ListenOptions options = ListenOptions.DEFAULT.withTcp(TcpOptions.DEFAULT
                .withNoDelay(false)
                .withReceiveBufferBytes(1)
                .withSendBufferBytes(2)
                .withLinger(Duration.ZERO));
        fixture.tcp.listenTCP(0, fixture.factory, options);
        FakeStream stream = fixture.sockets.listener().connect();
        fixture.turn();
        assertThat(fixture.sockets.listenOptions()).isSameAs(options);
        assertThat(stream.optionsSet()).containsExactly("sendBuffer 2", "resetOnClose");
    }

    @Test
    void aConnectionThatFailsOnItsOwnIsPassedOver() {
        FakeListener listener = fixture.listen();
        listener.failAccept(new AcceptFailed(Kind.CONNECTION, new IOException("ECONNABORTED")));
        listener.failAccept(new AcceptFailed(Kind.CONNECTION, new IOException("ECONNABORTED")));
        listener.connect();
        fixture.turns(3);
        assertThat(fixture.happened()).containsExactly("F builds", "P made");
        assertThat(fixture.loop.timers().pending()).isEmpty();
    }

    @Test
    void stoppedItAcceptsNoMoreAndIsFreeAfterTheNextPoll() throws IOException {
        ListeningPort port = listen(0);
        FakeListener listener = fixture.sockets.listener();
        listener.connect();
        fixture.turn();
        listener.connect();
        listener.turnAway();
        fixture.happened();
        CompletionStage<Void> stopped = port.stopListening();
        stopped.thenRun(fixture.base.journal.note("free"));
        assertThat(listener.isClosed()).isTrue();
        assertThat(fixture.happened()).as("in a later turn").isEmpty();
        fixture.loop.iterate(1000);
        assertThat(fixture.happened()).containsExactly("F stop", "free");
        assertThat(fixture.base.clock.getAsLong()).as("without sleep").isZero();
        assertThat(port.getHost()).isEqualTo(new InetSocketAddress("0.0.0.0", 4711));
    }

    @Test
    void stoppedItsConnectionsLiveOn() throws IOException {
        ListeningPort port = listen(0);
        FakeStream stream = fixture.sockets.listener().connect();
        fixture.turn();
        port.stopListening();
        fixture.turn();
        fixture.happened();
        stream.receive("still here");
        assertThat(fixture.happensInATurn()).containsExactly("P data still here");
    }

    @Test
    void stoppedTwiceItStopsOnce() throws IOException {
        ListeningPort port = listen(0);
        port.stopListening().thenRun(fixture.base.journal.note("one"));
        port.stopListening().thenRun(fixture.base.journal.note("two"));
        fixture.turn();
        assertThat(fixture.happened()).containsExactlyInAnyOrder("F start", "F stop", "one", "two");
        port.stopListening().thenRun(fixture.base.journal.note("three"));
        assertThat(fixture.happened()).containsExactly("three");
    }

    @Test
    void stoppedByTheProtocolItHasAcceptedItAcceptsNoMoreOfTheBatch() throws IOException {
        ListeningPort port = listen(0);
        FakeListener listener = fixture.sockets.listener();
        for (int i = 0; i < 3; i++) {
            listener.connect();
        }
        RecordingProtocol protocol = new RecordingProtocol(fixture.base.journal, "P");
        protocol.onMade(transport -> port.stopListening());
        fixture.factory.builds(() -> protocol);
        fixture.turns(3);
        assertThat(fixture.happened()).containsExactly("F start", "F builds", "P made", "F stop");
        listener.turnAway();
    }

    @Test
    void stoppedWhileItPausesItStaysStopped() throws IOException {
        ListeningPort port = listen(0);
        fixture.sockets.listener().failAccept(new IOException("EPERM"));
        fixture.turn();
        port.stopListening();
        assertThat(fixture.loop.timers().pending()).isEmpty();
        fixture.turn();
        fixture.base.run(TimeUnit.SECONDS.toNanos(1));
        assertThat(fixture.poller.size()).isZero();
    }

    @Test
    void itMayListenAgain() throws IOException {
        ListeningPort port = listen(0);
        port.startListening();
        assertThat(fixture.sockets.opened()).as("it listens already").isEqualTo(2);
        port.stopListening();
        fixture.turn();
        port.startListening();
        fixture.sockets.listener().connect();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F start", "F stop", "F start", "F builds", "P made");
    }

    @Test
    void itMayListenAgainAtOnceWithoutStoppingTheFactory() throws IOException {
        ListeningPort port = listen(0);
        port.stopListening();
        port.startListening();
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("F start");
        port.stopListening();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F stop");
    }

    @Test
    void aFactoryIsStartedByItsFirstUserAndStoppedByItsLast() throws IOException {
        RecordingFactory other = new RecordingFactory(fixture.base.journal);
        ListeningPort one = listen(1);
        ListeningPort two = listen(2);
        assertThat(fixture.happened()).containsExactly("F start");
        fixture.tcp.listenTCP(3, other);
        assertThat(fixture.happened()).containsExactly("F start");
        one.stopListening();
        fixture.turn();
        assertThat(fixture.happened()).isEmpty();
        two.stopListening();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F stop");
    }

    @Test
    void whatStopFactoryThrowsIsReported() throws IOException {
        fixture.factory.onStop(() -> {
            throw new IllegalStateException("oops");
        });
        listen(0).stopListening().thenRun(fixture.base.journal.note("free"));
        fixture.turn();
        assertThat(fixture.happened())
                .containsExactly("F start", "F stop", "reported IllegalStateException(oops) in stopFactory", "free");
    }
}
