// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.ConnectionDone;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.Connector;
import io.fdreactor.net.Protocol;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReconnectingClientFactoryTest {
    private static final Backoff DOUBLING = Backoff.DEFAULT.withFactor(2).withJitter(0);

    private final VirtualTime time = new VirtualTime();
    private final long startNanos = time.nanoTime();

    /** When attempts began, in milliseconds. */
    private final List<Long> attemptsMillis = new ArrayList<>();

    private final List<String> told = new ArrayList<>();

    private final class Client extends ReconnectingClientFactory {
        Client(Backoff backoff) {
            super(time, backoff, new Random(1));
        }

        @Override
        public Protocol buildProtocol(SocketAddress peer) {
            return new RecordingProtocol();
        }

        @Override
        protected void gaveUp(Connector idle, Throwable reason) {
            told.add("gave up");
        }
    }

    /** Every attempt fails at once, unless the test says that it is connected. */
    private final class FailingConnector implements Connector {
        private final ReconnectingClientFactory factory;
        boolean connects;
        boolean hangs;

        FailingConnector(ReconnectingClientFactory factory) {
            this.factory = factory;
        }

        @Override
        public void connect() {
            attemptsMillis.add((time.nanoTime() - startNanos) / 1_000_000);
            factory.startedConnecting(this);
            if (!connects && !hangs) {
                factory.clientConnectionFailed(this, new ConnectFailed.Refused("192.0.2.1:1", null));
            }
        }

        @Override
        public void stopConnecting() {
            if (!hangs) {
                throw new IllegalStateException("isn't connecting");
            }
            told.add("stopped");
            factory.clientConnectionFailed(this, new ConnectFailed.Stopped("192.0.2.1:1"));
        }

        @Override
        public void disconnect() {
            throw new UnsupportedOperationException();
        }

        @Override
        public InetSocketAddress getDestination() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void waitsGrowUpToTheLongest() {
        Client client = new Client(DOUBLING.withMaxDelay(Duration.ofSeconds(10)));
        new FailingConnector(client).connect();
        time.advance(Duration.ofSeconds(40));
        assertThat(attemptsMillis).containsExactly(0L, 2_000L, 6_000L, 14_000L, 24_000L, 34_000L);
        assertThat(client.retries()).isEqualTo(6);
    }

    @Test
    void aSuccessMakesTheNextWaitAShortOne() {
        Client client = new Client(DOUBLING);
        FailingConnector connector = new FailingConnector(client);
        connector.connect();
        time.advance(Duration.ofSeconds(7));
        connector.connects = true;
        time.advance(Duration.ofSeconds(8));
        assertThat(attemptsMillis).containsExactly(0L, 2_000L, 6_000L, 14_000L);
        client.resetDelay();
        client.clientConnectionLost(connector, ConnectionDone.INSTANCE);
        time.advance(Duration.ofSeconds(8));
        assertThat(attemptsMillis).last().isEqualTo(17_000L);
    }

    @Test
    void retriesCanBeUsedUp() {
        Client client = new Client(DOUBLING.withMaxRetries(2));
        new FailingConnector(client).connect();
        time.advance(Duration.ofSeconds(100));
        assertThat(attemptsMillis).containsExactly(0L, 2_000L, 6_000L);
        assertThat(told).containsExactly("gave up");
    }

    @Test
    void stoppedItTriesNoMore() {
        Client waiting = new Client(DOUBLING);
        new FailingConnector(waiting).connect();
        waiting.stopTrying();
        assertThat(time.getDelayedCalls()).isEmpty();

        Client connecting = new Client(DOUBLING);
        FailingConnector hanging = new FailingConnector(connecting);
        hanging.hangs = true;
        hanging.connect();
        connecting.stopTrying();
        assertThat(told).containsExactly("stopped");
        assertThat(time.getDelayedCalls()).isEmpty();

        Client connected = new Client(DOUBLING);
        FailingConnector up = new FailingConnector(connected);
        up.connects = true;
        up.connect();
        connected.stopTrying();
        connected.clientConnectionLost(up, ConnectionDone.INSTANCE);
        assertThat(time.getDelayedCalls()).isEmpty();
    }

    @Test
    void whoStopsTheConnectorMeansIt() {
        Client client = new Client(DOUBLING);
        FailingConnector connector = new FailingConnector(client);
        connector.hangs = true;
        connector.connect();
        connector.stopConnecting();
        assertThat(time.getDelayedCalls()).isEmpty();
    }

    @Test
    void jitterSpreadsAndNeverExceedsTheLongest() {
        Backoff backoff = Backoff.DEFAULT.withJitter(0.5).withMaxDelay(Duration.ofSeconds(3));
        Random random = new Random(7);
        List<Duration> waits = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            waits.add(backoff.about(2, random));
        }
        assertThat(waits).allMatch(wait -> !wait.isNegative() && wait.compareTo(Duration.ofSeconds(3)) <= 0);
        assertThat(waits).anyMatch(wait -> wait.toMillis() < 1000).anyMatch(wait -> wait.toMillis() > 2500);
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> Backoff.DEFAULT.withInitialDelay(Duration.ZERO))
                .hasMessageContaining("[PT0S]");
        assertThatThrownBy(() -> Backoff.DEFAULT.withMaxDelay(Duration.ofMillis(1)))
                .hasMessageContaining("[PT0.001S]");
        assertThatThrownBy(() -> Backoff.DEFAULT.withFactor(0.5)).hasMessageContaining("[0.5]");
        assertThatThrownBy(() -> Backoff.DEFAULT.withJitter(Double.NaN)).hasMessageContaining("[NaN]");
        assertThatThrownBy(() -> Backoff.DEFAULT.withMaxRetries(-2)).hasMessageContaining("[-2]");
    }
}
