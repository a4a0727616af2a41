// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static io.fdreactor.core.spi.Ready.READ;
import static io.fdreactor.core.spi.Ready.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import io.fdreactor.net.TcpOptions;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connecting to one address: NET-02, NET-03, NET-11. */
class TcpConnectorTest {
    private final TcpFixture fixture = new TcpFixture();

    @AfterEach
    void nothingLeaks() {
        fixture.endAndAssertNothingLeaks();
    }

    @Test
    void theFactoryHearsOfTheAttemptAtOnceAndOfAllElseLater() {
        Connector connector = fixture.connect();
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
        fixture.connect();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F start", "F connecting", "F builds", "P made");
    }

    @Test
    void whatArrivesWithTheConnectionIsReadInTheNextTurn() {
        FakeStream stream = fixture.pending();
        stream.establish();
        stream.receive("hello");
        assertThat(fixture.happensInATurn()).containsExactly("F builds", "P made");
        assertThat(fixture.happensInATurn()).containsExactly("P data hello");
    }

    @Test
    void anEventThatComesTooEarlyIsNoAnswer() {
        FakeStream stream = fixture.pending();
        fixture.poller.fire(stream.fd(), WRITE);
        assertThat(fixture.happensInATurn()).isEmpty();
        stream.establish();
        assertThat(fixture.happensInATurn()).containsExactly("F builds", "P made");
    }

    @Test
    void theFactoryHearsOfTheEndAfterTheProtocolAndStops() {
        FakeStream stream = fixture.connected();
        stream.receiveEnd();
        assertThat(fixture.happensInATurn())
                .containsExactly("P lost ConnectionDone", "F lost ConnectionDone", "F stop");
    }

    @Test
    void aConnectionToItselfIsRefused() {
        fixture.connect("127.0.0.1", ConnectOptions.DEFAULT.withBindAddress(new InetSocketAddress("127.0.0.1", 80)));
        fixture.turn();
        fixture.sockets.stream().establish();
        fixture.turn();
        assertThat(fixture.happened()).endsWith("F failed Refused", "F stop");
        assertThat(fixture.factory.lastFailure()).hasMessageContaining("connected to itself");
        assertThat(fixture.sockets.open()).isZero();
    }

    @Test
    void aLocalNameWithoutAnAddressIsSaidToBeOne() {
        fixture.connect(
                "127.0.0.1",
                ConnectOptions.DEFAULT.withBindAddress(InetSocketAddress.createUnresolved("here.example", 0)));
        fixture.turn();
        assertThat(fixture.happened()).endsWith("F failed BindFailed", "F stop");
        assertThat(fixture.factory.lastFailure()).hasMessageContaining("it is a name without an address");
    }

    @Test
    void aLinkLocalAddressIsSaidToNeedItsInterface() {
        fixture.sockets.failBind(new SocketException("Invalid argument"));
        fixture.connect("fe80::2", ConnectOptions.DEFAULT.withBindAddress(new InetSocketAddress("fe80::1", 0)));
        fixture.turn();
        assertThat(fixture.factory.lastFailure())
                .hasMessageContaining("can't connect from [[fe80:0:0:0:0:0:0:1]:0]: Invalid argument; a link-local")
                .hasMessageContaining("needs its interface");
    }

    @Test
    void theOptionsAreSet() {
        InetSocketAddress local = new InetSocketAddress("127.0.0.5", 0);
        fixture.connect(
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
        fixture.connect(
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

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65536})
    void aPortIsANumberFromOne(int port) {
        assertThatThrownBy(() -> fixture.tcp.connectTCP("127.0.0.1", port, fixture.factory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[" + port + "]");
    }
}
