// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.ReactorCounters;
import io.fdreactor.core.testing.FakeListener;
import io.fdreactor.core.testing.FakeStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is counted of connections. */
class TcpCountersTest {
    private final TcpFixture fixture = new TcpFixture();

    private ReactorCounters counters() {
        return fixture.loop.callbacks().counters().counters();
    }

    @Test
    void connectionsAreCountedByWhereTheyComeFrom() {
        FakeStream accepted = fixture.accept();
        assertThat(counters().connectionsAccepted()).isEqualTo(1);
        assertThat(counters().connectionsOpen()).isEqualTo(1);
        fixture.connected();
        assertThat(counters().connectionsMade()).isEqualTo(1);
        assertThat(counters().connectionsOpen()).isEqualTo(2);
        assertThat(counters().descriptors()).as("with the port").isEqualTo(3);

        accepted.receiveEnd();
        fixture.turns(2);
        assertThat(counters().connectionsOpen()).isEqualTo(1);
        assertThat(counters().connectionsAccepted()).isEqualTo(1);
        fixture.loop.close();
        assertThat(counters().connectionsOpen()).isZero();
        assertThat(counters().descriptors()).isZero();
    }

    @Test
    void whoGetsNoProtocolIsNoConnection() {
        FakeListener listener = fixture.listen();
        fixture.factory.builds(() -> null);
        listener.connect();
        fixture.turns(2);
        assertThat(counters().connectionsAccepted()).isZero();
        assertThat(counters().connectionsOpen()).isZero();
    }

    @Test
    void bytesAreCountedWhenTheKernelGivesAndTakesThem() {
        FakeStream stream = fixture.accept();
        stream.receive("hello");
        fixture.turn();
        assertThat(counters().bytesRead()).isEqualTo(5);

        stream.room(3);
        fixture.inCallback(() -> fixture.transport().write("good bye".getBytes(StandardCharsets.US_ASCII)));
        assertThat(counters().bytesWritten()).isEqualTo(3);
        stream.room(100);
        fixture.turn();
        assertThat(counters().bytesWritten()).isEqualTo(8);
    }
}
