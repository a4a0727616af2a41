// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connector that connects again: NET-02. */
class TcpReconnectTest {
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final TcpFixture fixture = new TcpFixture();

    @AfterEach
    void nothingLeaks() {
        fixture.endAndAssertNothingLeaks();
    }

    @Test
    void connectingTwiceAtOnceIsAnError() {
        Connector connector = fixture.connect();
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
        fixture.connect();
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
        FakeStream first = fixture.connected();
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
        fixture.connect("127.0.0.1", ConnectOptions.DEFAULT.withTimeout(Duration.ofSeconds(1)));
        fixture.base.run(3 * SECOND_NANOS + 1);
        assertThat(fixture.happened()).filteredOn("F failed TimedOut"::equals).hasSize(3);
        assertThat(fixture.sockets.open()).isEqualTo(1);
        fixture.factory.onFailed(connector -> {});
    }
}
