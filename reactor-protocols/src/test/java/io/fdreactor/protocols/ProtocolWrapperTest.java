// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.ConnectionDone;
import io.fdreactor.net.ClientFactory;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.Connector;
import io.fdreactor.net.Producer;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.TcpTransport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What passes a wrapper, which is everything. */
class ProtocolWrapperTest {
    private final RecordingProtocol inner = new RecordingProtocol();
    private final ProtocolWrapper wrapper = new ProtocolWrapper(inner);
    private final MemoryTransport transport = MemoryTransport.of(wrapper);

    private static final class RecordingProducer implements Producer {
        final List<String> told = new ArrayList<>();

        @Override
        public void pauseProducing() {
            told.add("pause");
        }

        @Override
        public void resumeProducing() {
            told.add("resume");
        }

        @Override
        public void stopProducing() {
            told.add("stop");
        }
    }

    @Test
    void whatComesAndGoesPassesThrough() {
        transport.receive("hello");
        inner.given().write("answer".getBytes(ISO_8859_1));
        inner.given().pauseProducing();
        assertThat(inner.received()).isEqualTo("hello");
        assertThat(inner.given().bufferedBytes()).isEqualTo(6);
        assertThat(transport.takeSent()).isEqualTo("answer");
        assertThat(transport.isPaused()).isTrue();
        assertThat(inner.given().getPeer()).isEqualTo(transport.getPeer());
        transport.lose(ConnectionDone.INSTANCE);
        assertThat(inner.told).containsExactly("made", "lost ConnectionDone");
    }

    @Test
    void aPeersEndEndsAProtocolThatIsNotHalfCloseableWhateverFeedsIt() {
        RecordingProducer producer = new RecordingProducer();
        inner.given().registerProducer(producer, true);
        transport.receiveEnd();
        assertThat(transport.isClosed()).isTrue();
        transport.lose(ConnectionDone.INSTANCE);
        assertThat(producer.told).containsExactly("stop");
        assertThat(inner.told).containsExactly("made", "lost ConnectionDone");
    }

    @Test
    void aHalfCloseableProtocolIsToldOfHalves() {
        RecordingProtocol half = new RecordingProtocol.HalfCloseable();
        ProtocolWrapper around = new ProtocolWrapper(half);
        MemoryTransport below = MemoryTransport.of(around);
        below.receiveEnd();
        around.writeConnectionLost();
        assertThat(half.told).containsExactly("made", "read lost", "write lost");
        assertThat(below.isClosed()).isFalse();
    }

    @Test
    void aProtocolThatFeedsItselfIsNotWaitedFor() {
        inner.given().registerProducer(inner.given(), true);
        inner.given().loseConnection();
        assertThat(transport.isClosed()).isTrue();
    }

    @Test
    void anotherProducerIsWaitedForAndStoppedOnce() {
        RecordingProducer producer = new RecordingProducer();
        inner.given().registerProducer(producer, true);
        inner.given().loseConnection();
        assertThat(transport.isClosed()).isFalse();
        transport.lose(ConnectionDone.INSTANCE);
        assertThat(producer.told).containsExactly("stop");
    }

    @Test
    void aTcpTransportShowsAsOneAndAnyOtherDoesNot() {
        RecordingProtocol tcpInner = new RecordingProtocol();
        List<String> calls = new ArrayList<>();
        MemoryTransport memory = new MemoryTransport();
        TcpTransport tcp = (TcpTransport) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TcpTransport.class}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == TcpTransport.class) {
                        calls.add(method.getName());
                        return method.getReturnType() == boolean.class ? true : null;
                    }
                    try {
                        return method.invoke(memory, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        new ProtocolWrapper(tcpInner).makeConnection(tcp);
        ((TcpTransport) tcpInner.given()).loseWriteConnection();
        tcpInner.given().write("x".getBytes(ISO_8859_1));
        tcpInner.given().loseConnection();
        assertThat(calls).containsExactly("loseWriteConnection");
        assertThat(memory.takeSent()).isEqualTo("x");
        assertThat(memory.isClosed()).isTrue();
        assertThat(inner.given()).isNotInstanceOf(TcpTransport.class);
    }

    @Test
    void aWrappedClientFactoryIsToldWhatTheConnectorSays() {
        List<String> told = new ArrayList<>();
        ClientFactory client = new ClientFactory() {
            @Override
            public Protocol buildProtocol(SocketAddress peer) {
                return peer instanceof InetSocketAddress inet && inet.getPort() == 1 ? inner : null;
            }

            @Override
            public void startFactory() {
                told.add("start");
            }

            @Override
            public void stopFactory() {
                told.add("stop");
            }

            @Override
            public void startedConnecting(Connector connector) {
                told.add("connecting");
            }

            @Override
            public void clientConnectionFailed(Connector connector, ConnectFailed reason) {
                told.add("failed");
            }

            @Override
            public void clientConnectionLost(Connector connector, Throwable reason) {
                told.add("lost");
            }
        };
        WrappingFactory wrapping = new WrappingFactory(client) {
            @Override
            protected Protocol wrap(Protocol protocol) {
                return new ProtocolWrapper(protocol);
            }
        };
        assertThat(wrapping.wrappedFactory()).isSameAs(client);
        wrapping.startFactory(); // Its own: the reactor starts the wrapped one.
        wrapping.startedConnecting(null);
        wrapping.clientConnectionFailed(null, new ConnectFailed("x", null));
        wrapping.clientConnectionLost(null, ConnectionDone.INSTANCE);
        wrapping.stopFactory();
        assertThat(told).containsExactly("connecting", "failed", "lost");
        assertThat(wrapping.buildProtocol(new InetSocketAddress("192.0.2.1", 1)))
                .isInstanceOf(ProtocolWrapper.class);
        assertThat(wrapping.buildProtocol(new InetSocketAddress("192.0.2.1", 2)))
                .isNull();
    }
}
