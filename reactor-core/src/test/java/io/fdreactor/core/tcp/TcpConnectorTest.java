// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static io.fdreactor.core.spi.Ready.ERROR;
import static io.fdreactor.core.spi.Ready.HANGUP;
import static io.fdreactor.core.spi.Ready.READ;
import static io.fdreactor.core.spi.Ready.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.core.testing.RecordingProtocol;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import io.fdreactor.net.TcpOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connecting, and the ways in which that fails, is stopped, or is tried again: NET-02, NET-03, NET-11. */
class TcpConnectorTest {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TcpFixture fixture = new TcpFixture();

    @AfterEach
    void nothingLeaks() {
        fixture.endAndAssertNothingLeaks();
    }

    private Connector connect() {
        return connect("127.0.0.1", ConnectOptions.DEFAULT);
    }

    private Connector connect(String host, ConnectOptions options) {
        return fixture.tcp.connectTCP(host, 80, fixture.factory, options);
    }

    /** Until the attempt is pending; what happened meanwhile is forgotten. */
    private FakeStream pending() {
        connect();
        fixture.turn();
        fixture.happened();
        return fixture.sockets.stream();
    }

    /** Until the connection is there; what happened meanwhile is forgotten. */
    private FakeStream connected() {
        FakeStream stream = pending();
        stream.establish();
        fixture.turns(2);
        fixture.happened();
        return stream;
    }

    @Test
    void theFactoryHearsOfTheAttemptAtOnceAndOfAllElseLater() {
        Connector connector = connect();
        assertThat(fixture.happened()).containsExactly("F start", "F connecting");
        assertThat(fixture.sockets.opened()).isZero();
        fixture.turn();
        FakeStream stream = fixture.sockets.stream();
        assertThat(stream.remote()).isEqualTo(new InetSocketAddress("127.0.0.1", 80));
        assertThat(fixture.poller.interest(stream.fd())).isEqualTo(WRITE);
        stream.establish();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F builds", "P made");
        assertThat(fixture.poller.interest(stream.fd())).isEqualTo(READ);
        assertThat(fixture.loop.timers().pending()).as("no timeout is left").isEmpty();
        assertThat(connector.getDestination()).isEqualTo(new InetSocketAddress("127.0.0.1", 80));
    }

    @Test
    void aConnectionMayBeThereAtOnce() {
        fixture.sockets.connectAtOnce();
        connect();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F start", "F connecting", "F builds", "P made");
    }

    @Test
    void whatArrivesWithTheConnectionIsReadInTheNextTurn() {
        FakeStream stream = pending();
        stream.establish();
        stream.receive("hello");
        assertThat(fixture.happensInATurn()).containsExactly("F builds", "P made");
        assertThat(fixture.happensInATurn()).containsExactly("P data hello");
    }

    @Test
    void anEventThatComesTooEarlyIsNoAnswer() {
        FakeStream stream = pending();
        fixture.poller.fire(stream.fd(), WRITE);
        assertThat(fixture.happensInATurn()).isEmpty();
        stream.establish();
        assertThat(fixture.happensInATurn()).containsExactly("F builds", "P made");
    }

    @Test
    void theFactoryHearsOfTheEndAfterTheProtocolAndStops() {
        FakeStream stream = connected();
        stream.receiveEnd();
        assertThat(fixture.happensInATurn())
                .containsExactly("P lost ConnectionDone", "F lost ConnectionDone", "F stop");
    }

    @Test
    void theOptionsAreSet() {
        InetSocketAddress local = new InetSocketAddress("127.0.0.5", 0);
        connect(
                "127.0.0.1",
                ConnectOptions.DEFAULT
                        .withBindAddress(local)
                        .withKeepAlive(true)
                        .withNoDelay(false));
        fixture.turn();
        FakeStream stream = fixture.sockets.stream();
        assertThat(stream.bound()).isEqualTo(local);
        stream.establish();
        fixture.turn();
        assertThat(stream.keepAlive()).isTrue();
        assertThat(stream.noDelay()).isFalse();
        assertThat(fixture.transport().getHost()).isEqualTo(local);
        assertThat(fixture.transport().getPeer()).isEqualTo(new InetSocketAddress("127.0.0.1", 80));
    }

    @Test
    void theBufferForReceivingIsThereBeforeTheHandshake() {
        connect(
                "127.0.0.1",
                ConnectOptions.DEFAULT.withTcp(TcpOptions.DEFAULT
                        .withReceiveBufferBytes(1)
                        .withSendBufferBytes(2)
                        .withLinger(Duration.ZERO)));
        fixture.turn();
        FakeStream stream = fixture.sockets.stream();
        assertThat(stream.optionsSet()).containsExactly("receiveBuffer 1");
        stream.establish();
        fixture.turn();
        assertThat(stream.optionsSet())
                .containsExactly("receiveBuffer 1", "noDelay true", "sendBuffer 2", "resetOnClose");
    }

    @Test
    void aBufferThatCannotBeHadIsAFailureToConnect() {
        connect("127.0.0.1", ConnectOptions.DEFAULT.withTcp(TcpOptions.DEFAULT.withReceiveBufferBytes(1)));
        fixture.sockets.failOptions(new IOException("ENOBUFS"));
        fixture.turn();
        assertThat(fixture.happened()).contains("F failed ConnectFailed");
        assertThat(fixture.sockets.open()).isZero();
    }

    static Stream<Arguments> reasons() {
        return Stream.of(
                arguments(new ConnectException("Connection refused"), "Refused"),
                arguments(new NoRouteToHostException("No route to host"), "NoRoute"),
                arguments(new ConnectException("Network is unreachable"), "NoRoute"),
                arguments(new IOException("Network is unreachable"), "NoRoute"),
                arguments(new SocketTimeoutException("late"), "TimedOut"),
                arguments(new ConnectException("Connection timed out"), "TimedOut"),
                arguments(new IOException("EADDRNOTAVAIL"), "ConnectFailed"),
                arguments(new IllegalStateException("a bug"), "ConnectFailed"));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void eachReasonHasItsOwnException(Exception reason, String expected) {
        pending().refuse(reason);
        assertThat(fixture.happensInATurn()).containsExactly("F failed " + expected, "F stop");
        assertThat(fixture.loop.timers().pending()).isEmpty();
    }

    @Test
    void aRefusalMayComeAtOnce() {
        fixture.sockets.refuse(TcpFixture.address("127.0.0.1"), new ConnectException("Connection refused"));
        connect();
        assertThat(fixture.happened()).containsExactly("F start", "F connecting");
        assertThat(fixture.happensInATurn()).containsExactly("F failed Refused", "F stop");
    }

    @ParameterizedTest
    @ValueSource(ints = {HANGUP, ERROR, ERROR | HANGUP})
    void aHangUpIsARefusalIfTheSystemSaysSo(int event) {
        FakeStream stream = pending();
        stream.refuse(new ConnectException("Connection refused"));
        fixture.poller.ready(stream.fd(), 0);
        fixture.poller.fire(stream.fd(), event);
        assertThat(fixture.happensInATurn()).containsExactly("F failed Refused", "F stop");
    }

    @Test
    void aHangUpWithoutAReasonIsAFailure() {
        FakeStream stream = pending();
        fixture.poller.fire(stream.fd(), HANGUP);
        assertThat(fixture.happensInATurn()).containsExactly("F failed ConnectFailed", "F stop");
    }

    @Test
    void withoutDescriptorsItFails() {
        fixture.sockets.failOpen(new IOException("EMFILE"));
        connect();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F start", "F connecting", "F failed ConnectFailed", "F stop");
    }

    @Test
    void oneThatCannotBeWatchedFails() {
        fixture.poller.refuse(100, new IOException("ENOSPC"));
        connect();
        fixture.turn();
        assertThat(fixture.happened()).endsWith("F failed ConnectFailed", "F stop");
        assertThat(fixture.sockets.open()).isZero();
    }

    @Test
    void oneThatConnectsAndCannotBeWatchedThenIsLost() {
        FakeStream stream = pending();
        stream.establish();
        fixture.poller.duringPoll(() -> fixture.poller.refuse(stream.fd(), new IOException("ENOSPC")));
        assertThat(fixture.happensInATurn())
                .containsExactly(
                        "F builds",
                        "reported InvalidDescriptor in addReader of TCP connection 10.0.0.1:1000 - 127.0.0.1:80",
                        "F lost InvalidDescriptor",
                        "F stop");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void oneThatConnectsAndIsGoneAtOnceFails() {
        FakeStream stream = pending();
        stream.establish();
        stream.failOption(new IOException("ENOTCONN"));
        assertThat(fixture.happensInATurn()).containsExactly("F failed ConnectFailed", "F stop");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void aLocalAddressThatCannotBeHadIsSaidSo() {
        fixture.sockets.failBind(new IOException("EADDRNOTAVAIL"));
        connect("127.0.0.1", ConnectOptions.DEFAULT.withBindAddress(new InetSocketAddress("10.9.9.9", 0)));
        fixture.turn();
        assertThat(fixture.happened()).endsWith("F failed BindFailed", "F stop");
    }

    @Test
    void itTimesOut() {
        connect("127.0.0.1", ConnectOptions.DEFAULT.withTimeout(Duration.ofSeconds(5)));
        fixture.base.run(5 * SECOND_NANOS - 1);
        assertThat(fixture.happened()).containsExactly("F start", "F connecting");
        FakeStream stream = fixture.sockets.stream();
        fixture.base.run(1);
        assertThat(fixture.happened()).containsExactly("F failed TimedOut", "F stop");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void theDefaultTimeoutIsThirtySecondsAndNoneIsForEver() {
        connect();
        connect("127.0.0.2", ConnectOptions.DEFAULT.withTimeout(null));
        fixture.base.run(3600 * SECOND_NANOS);
        assertThat(fixture.happened()).containsExactly("F start", "F connecting", "F connecting", "F failed TimedOut");
    }

    @Test
    void onceConnectedItDoesNotTimeOut() {
        connected();
        fixture.base.run(3600 * SECOND_NANOS);
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void aNameIsLookedUpOffTheReactorsThread() {
        fixture.loop.workers().suggestSize(1);
        fixture.name("example.org", TcpFixture.address("10.1.2.3"));
        Connector connector = connect("example.org", ConnectOptions.DEFAULT);
        assertThat(connector.getDestination()).isEqualTo(InetSocketAddress.createUnresolved("example.org", 80));
        assertThat(connector).hasToString("connector to example.org:80");
        fixture.turn();
        fixture.awaitWorkers();
        fixture.turn();
        assertThat(fixture.sockets.stream().remote()).isEqualTo(new InetSocketAddress("10.1.2.3", 80));
    }

    @Test
    void aNameWithoutAddressFails() {
        fixture.loop.workers().suggestSize(1);
        connect("nowhere.invalid", ConnectOptions.DEFAULT);
        fixture.turn();
        fixture.awaitWorkers();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F start", "F connecting", "F failed UnknownHost", "F stop");
    }

    @Test
    void aLookUpThatFailsInAnotherWayFailsLikewise() {
        fixture.loop.workers().suggestSize(1);
        fixture.name("broken", (java.net.InetAddress) null);
        connect("broken", ConnectOptions.DEFAULT);
        fixture.turn();
        fixture.awaitWorkers();
        fixture.turn();
        assertThat(fixture.happened()).endsWith("F failed UnknownHost", "F stop");
    }

    @Test
    void theTimeoutCountsTheLookUp() {
        fixture.loop.workers().suggestSize(1);
        fixture.name("example.org", TcpFixture.address("10.1.2.3"));
        connect("example.org", ConnectOptions.DEFAULT.withTimeout(Duration.ofSeconds(1)));
        fixture.base.clock.advance(SECOND_NANOS);
        fixture.turn();
        assertThat(fixture.happened()).endsWith("F failed TimedOut", "F stop");
        fixture.awaitWorkers();
        fixture.turns(2);
        assertThat(fixture.happened()).as("the answer comes too late").isEmpty();
        assertThat(fixture.sockets.opened()).isZero();
    }

    private void connectToTwo() {
        fixture.loop.workers().suggestSize(1);
        fixture.name("example.org", TcpFixture.address("10.0.0.8"), TcpFixture.address("10.0.0.9"));
        connect("example.org", ConnectOptions.DEFAULT);
        fixture.turn();
        fixture.awaitWorkers();
        fixture.turn();
        fixture.happened();
    }

    @Test
    void theAddressesAreTriedOneAfterAnother() {
        connectToTwo();
        fixture.sockets.stream().refuse(new ConnectException("Connection refused"));
        fixture.turn();
        assertThat(fixture.happened()).isEmpty();
        FakeStream second = fixture.sockets.stream();
        assertThat(second.remote()).isEqualTo(new InetSocketAddress("10.0.0.9", 80));
        second.establish();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F builds", "P made");
        assertThat(fixture.sockets.open()).isEqualTo(1);
    }

    @Test
    void whatTheLastAddressSaidIsTheReason() {
        connectToTwo();
        fixture.sockets.stream().refuse(new ConnectException("Connection refused"));
        fixture.turn();
        fixture.sockets.stream().refuse(new NoRouteToHostException("no route"));
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F failed NoRoute", "F stop");
    }

    @Test
    void aLocalAddressThatDoesNotFitOneRemoteMayFitTheNext() {
        fixture.loop.workers().suggestSize(1);
        fixture.name("example.org", TcpFixture.address("::1"), TcpFixture.address("10.0.0.9"));
        fixture.sockets.failBind(new IOException("EINVAL"));
        connect("example.org", ConnectOptions.DEFAULT.withBindAddress(new InetSocketAddress("10.0.0.1", 0)));
        fixture.turn();
        fixture.awaitWorkers();
        fixture.sockets.afterBind(() -> fixture.sockets.failBind(null));
        fixture.turn();
        assertThat(fixture.sockets.stream().remote()).isEqualTo(new InetSocketAddress("10.0.0.9", 80));
    }

    @Test
    void aNameWithoutAnyAddressLeftFails() {
        fixture.loop.workers().suggestSize(1);
        fixture.name("empty");
        connect("empty", ConnectOptions.DEFAULT);
        fixture.turn();
        fixture.awaitWorkers();
        fixture.turn();
        assertThat(fixture.happened()).endsWith("F failed UnknownHost", "F stop");
    }

    @Test
    void aConnectionThatNobodyWantsIsClosedAtOnceAndLost() {
        fixture.factory.builds(() -> null);
        FakeStream stream = pending();
        stream.establish();
        assertThat(fixture.happensInATurn()).containsExactly("F builds", "F lost ConnectionDone", "F stop");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void aFactoryThatThrowsLosesTheConnection() {
        fixture.factory.builds(() -> {
            throw new IllegalStateException("oops");
        });
        FakeStream stream = pending();
        stream.establish();
        assertThat(fixture.happensInATurn())
                .containsExactly(
                        "F builds",
                        "reported IllegalStateException(oops) in buildProtocol",
                        "F lost IllegalStateException(oops)",
                        "F stop");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void aProtocolThatThrowsWhenItIsMadeIsLost() {
        RecordingProtocol protocol = new RecordingProtocol(fixture.base.journal, "P");
        protocol.onMade(transport -> {
            throw new IllegalStateException("oops");
        });
        fixture.factory.builds(() -> protocol);
        pending().establish();
        fixture.turns(2);
        assertThat(fixture.happened())
                .endsWith("P lost IllegalStateException(oops)", "F lost IllegalStateException(oops)", "F stop");
    }

    @Test
    void aFactoryThatDoesNotStartIsNotUsed() {
        fixture.factory.onStart(() -> {
            throw new IllegalStateException("oops");
        });
        assertThatThrownBy(this::connect).hasMessage("oops");
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("F start");
        assertThat(fixture.loop.timers().pending()).isEmpty();
    }

    @Test
    void whatTheCallbacksOfAFactoryThrowIsReported() {
        fixture.factory.onConnecting(connector -> {
            throw new IllegalStateException("one");
        });
        fixture.factory.onFailed(connector -> {
            throw new IllegalStateException("two");
        });
        fixture.factory.onStop(() -> {
            throw new IllegalStateException("three");
        });
        fixture.sockets.refuse(TcpFixture.address("127.0.0.1"), new ConnectException("no"));
        connect();
        fixture.turn();
        assertThat(fixture.happened())
                .containsExactly(
                        "F start",
                        "F connecting",
                        "reported IllegalStateException(one) in startedConnecting",
                        "F failed Refused",
                        "reported IllegalStateException(two) in clientConnectionFailed",
                        "F stop",
                        "reported IllegalStateException(three) in stopFactory");
    }

    @Test
    void stoppedBeforeItBeganItOpensNothing() {
        connect().stopConnecting();
        assertThat(fixture.happened()).as("not from inside the call").containsExactly("F start", "F connecting");
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F failed Stopped", "F stop");
        assertThat(fixture.sockets.opened()).isZero();
        assertThat(fixture.loop.timers().pending()).isEmpty();
    }

    @Test
    void stoppedFromStartedConnectingItOpensNothing() {
        fixture.factory.onConnecting(Connector::stopConnecting);
        connect();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F start", "F connecting", "F failed Stopped", "F stop");
        assertThat(fixture.sockets.opened()).isZero();
    }

    @Test
    void stoppedWhileTheNameIsLookedUpItOpensNothing() {
        fixture.loop.workers().suggestSize(1);
        fixture.name("example.org", TcpFixture.address("10.0.0.8"));
        Connector connector = connect("example.org", ConnectOptions.DEFAULT);
        fixture.turn();
        fixture.awaitWorkers();
        connector.stopConnecting();
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("F start", "F connecting", "F failed Stopped", "F stop");
        assertThat(fixture.sockets.opened()).isZero();
    }

    @Test
    void stoppedWhileItIsPendingItIsClosedAtOnce() {
        Connector connector = connect();
        fixture.turn();
        fixture.happened();
        connector.stopConnecting();
        assertThat(fixture.sockets.open()).isZero();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F failed Stopped", "F stop");
    }

    @Test
    void stoppedInTheTurnInWhichItWouldHaveConnectedItDoesNot() {
        Connector connector = connect();
        fixture.turn();
        fixture.sockets.stream().establish();
        fixture.loop.callFromThread(connector::stopConnecting);
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("F start", "F connecting", "F failed Stopped", "F stop");
        assertThat(fixture.sockets.open()).isZero();
    }

    @Test
    void stoppedTwiceItFailsOnce() {
        Connector connector = connect();
        connector.stopConnecting();
        connector.stopConnecting();
        connector.disconnect();
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("F start", "F connecting", "F failed Stopped", "F stop");
    }

    @Test
    void stoppedWhenItIsNotConnectingIsAnError() {
        Connector connector = connect();
        fixture.turn();
        fixture.sockets.stream().establish();
        fixture.turn();
        assertThatThrownBy(connector::stopConnecting)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("connector to 127.0.0.1:80");
        fixture.inCallback(fixture.transport()::abortConnection);
        assertThatThrownBy(connector::stopConnecting).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void disconnectStopsOrLosesOrDoesNothing() {
        Connector connector = connect();
        connector.disconnect();
        fixture.turn();
        assertThat(fixture.happened()).endsWith("F failed Stopped", "F stop");
        connector.disconnect();
        connector.connect();
        fixture.turn();
        fixture.sockets.stream().establish();
        fixture.turn();
        fixture.happened();
        fixture.inCallback(connector::disconnect);
        assertThat(fixture.happened()).containsExactly("P lost ConnectionDone", "F lost ConnectionDone", "F stop");
    }

    @Test
    void connectingTwiceAtOnceIsAnError() {
        Connector connector = connect();
        assertThatThrownBy(connector::connect)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("connecting");
        fixture.turn();
        fixture.sockets.stream().establish();
        fixture.turn();
        assertThatThrownBy(connector::connect)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("connected");
    }

    @Test
    void itMayBeTriedAgainFromTheFailureWithoutStoppingTheFactory() {
        int[] attempts = {0};
        fixture.factory.onFailed(connector -> {
            if (++attempts[0] < 3) {
                connector.connect();
            }
        });
        fixture.sockets.refuse(TcpFixture.address("127.0.0.1"), new ConnectException("no"));
        connect();
        fixture.turns(5);
        assertThat(fixture.happened())
                .containsExactly(
                        "F start",
                        "F connecting",
                        "F failed Refused",
                        "F connecting",
                        "F failed Refused",
                        "F connecting",
                        "F failed Refused",
                        "F stop");
    }

    @Test
    void itMayBeTriedAgainFromTheLossWithoutStoppingTheFactory() {
        fixture.factory.onLost(Connector::connect);
        FakeStream first = connected();
        first.receiveEnd();
        assertThat(fixture.happensInATurn())
                .containsExactly("P lost ConnectionDone", "F lost ConnectionDone", "F connecting");
        fixture.turn();
        FakeStream second = fixture.sockets.stream();
        assertThat(second).isNotSameAs(first);
        second.establish();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F builds", "P made");
        fixture.factory.onLost(connector -> {});
    }

    @Test
    void itMayBeTriedAgainFromTheTimeoutWithATimeoutOfItsOwn() {
        fixture.factory.onFailed(Connector::connect);
        connect("127.0.0.1", ConnectOptions.DEFAULT.withTimeout(Duration.ofSeconds(1)));
        fixture.base.run(3 * SECOND_NANOS + 1);
        assertThat(fixture.happened()).filteredOn("F failed TimedOut"::equals).hasSize(3);
        assertThat(fixture.sockets.open()).isEqualTo(1);
        fixture.factory.onFailed(connector -> {});
    }

    @Test
    void anAnswerToAnAttemptThatWasStoppedIsNoneToTheNext() {
        fixture.loop.workers().suggestSize(1);
        fixture.name("example.org", TcpFixture.address("10.0.0.8"));
        Connector connector = connect("example.org", ConnectOptions.DEFAULT);
        fixture.turn();
        fixture.awaitWorkers();
        fixture.factory.onFailed(Connector::connect);
        connector.stopConnecting();
        fixture.turn();
        fixture.factory.onFailed(again -> {});
        assertThat(fixture.happened()).containsExactly("F start", "F connecting", "F failed Stopped", "F connecting");
        assertThat(fixture.sockets.opened()).isZero();
        fixture.turn();
        fixture.awaitWorkers();
        fixture.turn();
        assertThat(fixture.sockets.opened()).as("one answer, one attempt").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65536})
    void aPortIsANumberFromOne(int port) {
        assertThatThrownBy(() -> fixture.tcp.connectTCP("127.0.0.1", port, fixture.factory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[" + port + "]");
    }
}
