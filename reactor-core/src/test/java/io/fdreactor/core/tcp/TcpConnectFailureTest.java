// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static io.fdreactor.core.spi.Ready.ERROR;
import static io.fdreactor.core.spi.Ready.HANGUP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.net.ConnectOptions;
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

/** The ways in which an attempt to connect to one address fails: NET-02. */
class TcpConnectFailureTest {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TcpFixture fixture = new TcpFixture();

    @AfterEach
    void nothingLeaks() {
        fixture.endAndAssertNothingLeaks();
    }

    @Test
    void aBufferThatCannotBeHadIsAFailureToConnect() {
        fixture.connect("127.0.0.1", ConnectOptions.DEFAULT.withTcp(TcpOptions.DEFAULT.withReceiveBufferBytes(1)));
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
        fixture.pending().refuse(reason);
        assertThat(fixture.happensInATurn()).containsExactly("F failed " + expected, "F stop");
        assertThat(fixture.loop.timers().pending()).isEmpty();
    }

    @Test
    void aRefusalMayComeAtOnce() {
        fixture.sockets.refuse(TcpFixture.address("127.0.0.1"), new ConnectException("Connection refused"));
        fixture.connect();
        assertThat(fixture.happened()).containsExactly("F start", "F connecting");
        assertThat(fixture.happensInATurn()).containsExactly("F failed Refused", "F stop");
    }

    @ParameterizedTest
    @ValueSource(ints = {HANGUP, ERROR, ERROR | HANGUP})
    void aHangUpIsARefusalIfTheSystemSaysSo(int event) {
        FakeStream stream = fixture.pending();
        stream.refuse(new ConnectException("Connection refused"));
        fixture.poller.ready(stream.fd(), 0);
        fixture.poller.fire(stream.fd(), event);
        assertThat(fixture.happensInATurn()).containsExactly("F failed Refused", "F stop");
    }

    @Test
    void aHangUpWithoutAReasonIsAFailure() {
        FakeStream stream = fixture.pending();
        fixture.poller.fire(stream.fd(), HANGUP);
        assertThat(fixture.happensInATurn()).containsExactly("F failed ConnectFailed", "F stop");
    }

    @Test
    void withoutDescriptorsItFails() {
        fixture.sockets.failOpen(new IOException("EMFILE"));
        fixture.connect();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F start", "F connecting", "F failed ConnectFailed", "F stop");
    }

    @Test
    void oneThatCannotBeWatchedFails() {
        fixture.poller.refuse(100, new IOException("ENOSPC"));
        fixture.connect();
        fixture.turn();
        assertThat(fixture.happened()).endsWith("F failed ConnectFailed", "F stop");
        assertThat(fixture.sockets.open()).isZero();
    }

    @Test
    void oneThatConnectsAndCannotBeWatchedThenIsLost() {
        FakeStream stream = fixture.pending();
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
        FakeStream stream = fixture.pending();
        stream.establish();
        stream.failOption(new IOException("ENOTCONN"));
        assertThat(fixture.happensInATurn()).containsExactly("F failed ConnectFailed", "F stop");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void aLocalAddressThatCannotBeHadIsSaidSo() {
        fixture.sockets.failBind(new IOException("EADDRNOTAVAIL"));
        fixture.connect("127.0.0.1", ConnectOptions.DEFAULT.withBindAddress(new InetSocketAddress("10.9.9.9", 0)));
        fixture.turn();
        assertThat(fixture.happened()).endsWith("F failed BindFailed", "F stop");
    }

    @Test
    void itTimesOut() {
        fixture.connect("127.0.0.1", ConnectOptions.DEFAULT.withTimeout(Duration.ofSeconds(5)));
        fixture.base.run(5 * SECOND_NANOS - 1);
        assertThat(fixture.happened()).containsExactly("F start", "F connecting");
        FakeStream stream = fixture.sockets.stream();
        fixture.base.run(1);
        assertThat(fixture.happened()).containsExactly("F failed TimedOut", "F stop");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void theDefaultTimeoutIsThirtySecondsAndNoneIsForEver() {
        fixture.connect();
        fixture.connect("127.0.0.2", ConnectOptions.DEFAULT.withTimeout(null));
        fixture.base.run(3600 * SECOND_NANOS);
        assertThat(fixture.happened()).containsExactly("F start", "F connecting", "F connecting", "F failed TimedOut");
    }

    @Test
    void onceConnectedItDoesNotTimeOut() {
        fixture.connected();
        fixture.base.run(3600 * SECOND_NANOS);
        assertThat(fixture.happened()).isEmpty();
    }
}
