// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.ConnectionDone;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.Factory;
import io.fdreactor.net.HalfCloseableProtocol;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.Transport;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** One attempt to connect, and what becomes of its stage. */
class ClientEndpointTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.1", 80);

    private final FakeTcp tcp = new FakeTcp();
    private final List<String> told = new ArrayList<>();
    private final Transport transport = (Transport) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Transport.class}, (proxy, method, arguments) -> null);

    private class Recorder extends Protocol {
        @Override
        public void connectionMade() {
            told.add("made");
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            told.add("data");
        }

        @Override
        public void connectionLost(Throwable reason) {
            told.add("lost");
        }
    }

    private final class HalfRecorder extends Recorder implements HalfCloseableProtocol {
        @Override
        public void readConnectionLost() {
            told.add("read lost");
        }

        @Override
        public void writeConnectionLost() {
            told.add("write lost");
        }
    }

    private CompletableFuture<Protocol> connect(Factory factory) {
        return Endpoints.clientFromString(tcp.reactor(), "tcp:192.0.2.1:80")
                .connect(factory)
                .toCompletableFuture();
    }

    private static Throwable failure(CompletableFuture<Protocol> made) {
        try {
            made.get();
            throw new AssertionError("it has succeeded");
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theStageCompletesBetweenConnectionMadeAndTheFirstData() {
        Recorder recorder = new Recorder();
        CompletableFuture<Protocol> made = connect(peer -> recorder);
        made.thenAccept(protocol -> told.add("stage"));
        Protocol connected = tcp.factory.buildProtocol(PEER);
        assertThat(connected).isNotInstanceOf(HalfCloseableProtocol.class);
        connected.makeConnection(transport);
        connected.dataReceived(ByteBuffer.allocate(0));
        connected.connectionLost(ConnectionDone.INSTANCE);
        tcp.factory.clientConnectionLost(tcp.connector, ConnectionDone.INSTANCE);
        assertThat(told).containsExactly("made", "stage", "data", "lost");
        assertThat(made).isCompletedWithValue(recorder);
    }

    @Test
    void aHalfCloseableProtocolStaysOne() {
        connect(peer -> new HalfRecorder());
        Protocol connected = tcp.factory.buildProtocol(PEER);
        ((HalfCloseableProtocol) connected).readConnectionLost();
        ((HalfCloseableProtocol) connected).writeConnectionLost();
        assertThat(told).containsExactly("read lost", "write lost");
    }

    @Test
    void aFailureIsTheStages() {
        CompletableFuture<Protocol> made = connect(peer -> new Recorder());
        ConnectFailed refused = new ConnectFailed.Refused("192.0.2.1:80", null);
        tcp.factory.clientConnectionFailed(tcp.connector, refused);
        assertThat(failure(made)).isSameAs(refused);
    }

    @Test
    void whatTheFactoryDoesWrongIsTheStagesToo() {
        CompletableFuture<Protocol> nothing = connect(peer -> null);
        assertThat(tcp.factory.buildProtocol(PEER)).isNull();
        assertThat(failure(nothing)).hasMessageContaining("the factory has built no protocol");

        IllegalStateException bad = new IllegalStateException("bad");
        CompletableFuture<Protocol> throwing = connect(peer -> {
            throw bad;
        });
        assertThatThrownBy(() -> tcp.factory.buildProtocol(PEER)).isSameAs(bad);
        assertThat(failure(throwing)).isSameAs(bad);

        CompletableFuture<Protocol> unmade = connect(peer -> new Recorder() {
            @Override
            public void connectionMade() {
                throw bad;
            }
        });
        Protocol connected = tcp.factory.buildProtocol(PEER);
        assertThatThrownBy(() -> connected.makeConnection(transport)).isSameAs(bad);
        assertThat(failure(unmade)).isSameAs(bad);
    }

    @Test
    void cancellingGivesTheAttemptUp() {
        CompletableFuture<Protocol> made = connect(peer -> new Recorder());
        made.cancel(false);
        assertThat(tcp.connector.disconnects).isZero();
        tcp.calls.remove().run();
        assertThat(tcp.connector.disconnects).isEqualTo(1);
    }

    @Test
    void aConnectionThatComesAfterTheCancellingIsClosed() {
        CompletableFuture<Protocol> made = connect(peer -> new Recorder());
        made.cancel(false);
        assertThat(tcp.factory.buildProtocol(PEER)).isNull();
        assertThat(told).isEmpty();
    }

    @Test
    void onceConnectedThereIsNothingToCancel() {
        CompletableFuture<Protocol> made = connect(peer -> new Recorder());
        tcp.factory.buildProtocol(PEER).makeConnection(transport);
        assertThat(made.cancel(false)).isFalse();
        assertThat(tcp.calls).isEmpty();
    }
}
