// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.core.testing.RecordingProtocol;
import java.net.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client factory may do to its connections, and what becomes of what it throws: NET-03. */
class TcpConnectFactoryTest {
    private final TcpFixture fixture = new TcpFixture();

    @AfterEach
    void nothingLeaks() {
        fixture.endAndAssertNothingLeaks();
    }

    @Test
    void aConnectionThatNobodyWantsIsClosedAtOnceAndLost() {
        fixture.factory.builds(() -> null);
        FakeStream stream = fixture.pending();
        stream.establish();
        assertThat(fixture.happensInATurn()).containsExactly("F builds", "F lost ConnectionDone", "F stop");
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void aFactoryThatThrowsLosesTheConnection() {
        fixture.factory.builds(() -> {
            throw new IllegalStateException("oops");
        });
        FakeStream stream = fixture.pending();
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
        fixture.pending().establish();
        fixture.turns(2);
        assertThat(fixture.happened())
                .endsWith("P lost IllegalStateException(oops)", "F lost IllegalStateException(oops)", "F stop");
    }

    @Test
    void aFactoryThatDoesNotStartIsNotUsed() {
        fixture.factory.onStart(() -> {
            throw new IllegalStateException("oops");
        });
        assertThatThrownBy(fixture::connect).hasMessage("oops");
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
        fixture.connect();
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
}
