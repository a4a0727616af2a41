// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several addresses of one name, tried beside each other: RFC 8305. */
class ConnectionRaceTest {
    private static final long DELAY_NANOS =
            ConnectOptions.DEFAULT.attemptDelay().toNanos();
    private static final InetAddress A = TcpFixture.address("2001:db8::a");
    private static final InetAddress B = TcpFixture.address("10.0.0.11");
    private static final InetAddress C = TcpFixture.address("2001:db8::c");

    private final TcpFixture fixture = new TcpFixture();

    @AfterEach
    void nothingLeaks() {
        fixture.endAndAssertNothingLeaks();
    }

    /** Until the first attempt is pending, if it is; what happened meanwhile is forgotten. */
    private Connector race(ConnectOptions options, InetAddress... addresses) {
        fixture.resolver.name("example.org", addresses);
        Connector connector = fixture.connect("example.org", options);
        fixture.turns(2);
        fixture.happened();
        return connector;
    }

    private Connector race(InetAddress... addresses) {
        return race(ConnectOptions.DEFAULT, addresses);
    }

    private void assertLastAttempt(int number, InetAddress address) {
        assertThat(fixture.sockets.opened()).isEqualTo(number);
        assertThat(fixture.sockets.stream().remote()).isEqualTo(new InetSocketAddress(address, 80));
    }

    private static ConnectException refused() {
        return new ConnectException("Connection refused");
    }

    @Test
    void eachAddressHasAHeadStart() {
        race(A, B, C);
        assertLastAttempt(1, A);
        fixture.base.run(DELAY_NANOS - 1);
        assertLastAttempt(1, A);
        fixture.base.run(1);
        assertLastAttempt(2, B);
        fixture.base.run(DELAY_NANOS);
        assertLastAttempt(3, C);
        assertThat(fixture.sockets.open()).as("all are still tried").isEqualTo(3);
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void theHeadStartIsAsLongAsAskedFor() {
        race(ConnectOptions.DEFAULT.withAttemptDelay(Duration.ofMillis(10)), A, B);
        fixture.base.run(Duration.ofMillis(10).toNanos());
        assertLastAttempt(2, B);
    }

    @Test
    void theFamiliesTakeTurns() {
        race(A, C, B);
        fixture.base.run(DELAY_NANOS);
        assertLastAttempt(2, B);
    }

    @Test
    void theFirstThatConnectsWinsAndTheOthersAreGoneBeforeItIsTold() {
        race(A, B, C);
        FakeStream first = fixture.sockets.stream();
        fixture.base.run(DELAY_NANOS);
        FakeStream second = fixture.sockets.stream();
        fixture.factory.builds(() -> {
            fixture.base.journal.add(first.isClosed() ? "alone" : "not alone");
            return null;
        });
        second.establish();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F builds", "alone", "F lost ConnectionDone", "F stop");
        fixture.base.run(10 * DELAY_NANOS);
        assertThat(fixture.sockets.opened()).as("the third is never tried").isEqualTo(2);
        assertThat(fixture.loop.timers().pending()).isEmpty();
    }

    @Test
    void anEarlierOneMayWinLate() {
        race(A, B);
        FakeStream first = fixture.sockets.stream();
        fixture.base.run(DELAY_NANOS);
        FakeStream second = fixture.sockets.stream();
        first.establish();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F builds", "P made");
        assertThat(second.isClosed()).isTrue();
        assertThat(fixture.transport().getPeer()).isEqualTo(new InetSocketAddress(A, 80));
    }

    @Test
    void ofTwoThatConnectAtOnceOneIsUsed() {
        race(A, B);
        FakeStream first = fixture.sockets.stream();
        fixture.base.run(DELAY_NANOS);
        first.establish();
        fixture.sockets.stream().establish();
        fixture.turns(3);
        assertThat(fixture.happened()).containsExactly("F builds", "P made");
        assertThat(fixture.sockets.open()).isEqualTo(1);
    }

    @Test
    void oneThatFailsMakesWayAtOnce() {
        race(A, B, C);
        fixture.sockets.stream().refuse(refused());
        fixture.turn();
        assertLastAttempt(2, B);
        assertThat(fixture.sockets.open()).isEqualTo(1);
        fixture.base.run(DELAY_NANOS - 1);
        assertLastAttempt(2, B);
        fixture.base.run(1);
        assertLastAttempt(3, C);
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void thoseThatFailAtOnceCostNoTurn() {
        fixture.sockets.refuse(A, new NoRouteToHostException("Network is unreachable"));
        fixture.sockets.refuse(C, new NoRouteToHostException("Network is unreachable"));
        race(A, C, B);
        assertLastAttempt(2, B);
    }

    @Test
    void thousandsThatFailAtOnceLeaveTheStackFlat() {
        InetAddress[] many = Stream.iterate(0, i -> i + 1)
                .limit(20_000)
                .map(i -> TcpFixture.address("10.1." + i / 250 + "." + i % 250))
                .toArray(InetAddress[]::new);
        for (InetAddress each : many) {
            fixture.sockets.refuse(each, refused());
        }
        fixture.resolver.name("example.org", many);
        fixture.connect("example.org", ConnectOptions.DEFAULT);
        fixture.turns(2);
        assertThat(fixture.happened()).endsWith("F failed Refused", "F stop");
        assertThat(fixture.factory.lastFailure().getSuppressed()).hasSize(many.length - 1);
    }

    @Test
    void oneThatConnectsAndIsGoneAtOnceHasFailed() {
        race(A, B);
        FakeStream first = fixture.sockets.stream();
        first.failOption(new IOException("ENOTCONN"));
        first.establish();
        fixture.turn();
        assertThat(first.isClosed()).isTrue();
        assertLastAttempt(2, B);
    }

    @Test
    void onlyWhenAllHaveFailedItFailsAndNamesEach() {
        race(A, B);
        fixture.sockets.stream().refuse(new NoRouteToHostException("No route to host"));
        fixture.turn();
        assertThat(fixture.happened()).isEmpty();
        fixture.sockets.stream().refuse(refused());
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F failed Refused", "F stop");
        ConnectFailed reason = fixture.factory.lastFailure();
        assertThat(reason)
                .hasMessage("nobody listens on [example.org:80]: there is no route to [[2001:db8:0:0:0:0:0:a]:80]:"
                        + " No route to host; nobody listens on [10.0.0.11:80]: Connection refused"
                        + " [FDR-CONNECT-REFUSED]")
                .hasCauseInstanceOf(ConnectFailed.NoRoute.class);
        assertThat(reason.getSuppressed()).singleElement().isInstanceOf(ConnectFailed.Refused.class);
        assertThat(fixture.loop.timers().pending()).isEmpty();
    }

    @Test
    void theTimeoutCoversAllAndTellsWhatFailedBefore() {
        race(ConnectOptions.DEFAULT.withTimeout(Duration.ofSeconds(1)), A, B, C);
        fixture.sockets.stream().refuse(refused());
        fixture.base.run(Duration.ofSeconds(1).toNanos());
        assertThat(fixture.happened()).containsExactly("F failed TimedOut", "F stop");
        assertThat(fixture.sockets.opened()).isEqualTo(3);
        assertThat(fixture.sockets.open()).isZero();
        assertThat(fixture.factory.lastFailure().getSuppressed())
                .singleElement()
                .isInstanceOf(ConnectFailed.Refused.class);
    }

    @Test
    void stoppedAllAreClosedAtOnce() {
        Connector connector = race(A, B, C);
        fixture.base.run(DELAY_NANOS);
        connector.stopConnecting();
        assertThat(fixture.sockets.open()).isZero();
        fixture.base.run(10 * DELAY_NANOS);
        assertThat(fixture.happened()).containsExactly("F failed Stopped", "F stop");
        assertThat(fixture.sockets.opened()).isEqualTo(2);
    }

    @Test
    void anAddressThatIsGivenTwiceIsTriedOnce() {
        race(A, A, A);
        fixture.base.run(10 * DELAY_NANOS);
        assertThat(fixture.sockets.opened()).isEqualTo(1);
    }

    @Test
    void fromALocalAddressOnlyItsFamilyIsTried() {
        race(ConnectOptions.DEFAULT.withBindAddress(new InetSocketAddress("10.0.0.1", 0)), A, B, C);
        assertLastAttempt(1, B);
        fixture.base.run(10 * DELAY_NANOS);
        assertThat(fixture.sockets.opened()).isEqualTo(1);
    }

    @Test
    void aLocalAddressOfAFamilyThatTheNameHasNotIsSaidSo() {
        race(ConnectOptions.DEFAULT.withBindAddress(new InetSocketAddress("10.0.0.1", 0)), A, C);
        assertThat(fixture.factory.lastFailure())
                .isInstanceOf(ConnectFailed.BindFailed.class)
                .hasMessageContaining("[10.0.0.1:0]")
                .hasMessageContaining("2001:db8:0:0:0:0:0:a");
        assertThat(fixture.sockets.opened()).isZero();
    }

    @Test
    void fromALocalPortOneIsTriedAfterAnother() {
        race(ConnectOptions.DEFAULT.withBindAddress(new InetSocketAddress("::1", 99)), A, C);
        fixture.base.run(10 * DELAY_NANOS);
        assertLastAttempt(1, A);
        fixture.sockets.stream().refuse(refused());
        fixture.turn();
        assertLastAttempt(2, C);
    }
}
