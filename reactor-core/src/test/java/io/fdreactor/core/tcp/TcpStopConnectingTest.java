// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.net.Connector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Attempts that are given up on request: NET-02. */
class TcpStopConnectingTest {
    private final TcpFixture fixture = new TcpFixture();

    @AfterEach
    void nothingLeaks() {
        fixture.endAndAssertNothingLeaks();
    }

    @Test
    void stoppedBeforeItBeganItOpensNothing() {
        fixture.connect().stopConnecting();
        assertThat(fixture.happened()).as("not from inside the call").containsExactly("F start", "F connecting");
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F failed Stopped", "F stop");
        assertThat(fixture.sockets.opened()).isZero();
        assertThat(fixture.loop.timers().pending()).isEmpty();
    }

    @Test
    void stoppedFromStartedConnectingItOpensNothing() {
        fixture.factory.onConnecting(Connector::stopConnecting);
        fixture.connect();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F start", "F connecting", "F failed Stopped", "F stop");
        assertThat(fixture.sockets.opened()).isZero();
    }

    @Test
    void stoppedWhileItIsPendingItIsClosedAtOnce() {
        Connector connector = fixture.connect();
        fixture.turn();
        fixture.happened();
        connector.stopConnecting();
        assertThat(fixture.sockets.open()).isZero();
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("F failed Stopped", "F stop");
    }

    @Test
    void stoppedInTheTurnInWhichItWouldHaveConnectedItDoesNot() {
        Connector connector = fixture.connect();
        fixture.turn();
        fixture.sockets.stream().establish();
        fixture.loop.callFromThread(connector::stopConnecting);
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("F start", "F connecting", "F failed Stopped", "F stop");
        assertThat(fixture.sockets.open()).isZero();
    }

    @Test
    void stoppedTwiceItFailsOnce() {
        Connector connector = fixture.connect();
        connector.stopConnecting();
        connector.stopConnecting();
        connector.disconnect();
        fixture.turns(2);
        assertThat(fixture.happened()).containsExactly("F start", "F connecting", "F failed Stopped", "F stop");
    }

    @Test
    void stoppedWhenItIsNotConnectingIsAnError() {
        Connector connector = fixture.connect();
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
        Connector connector = fixture.connect();
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
}
