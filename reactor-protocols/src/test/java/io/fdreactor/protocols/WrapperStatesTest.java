// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.ConnectionDone;
import io.fdreactor.net.Factory;
import io.fdreactor.net.HalfCloseableProtocol;
import io.fdreactor.net.Protocol;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each wrapper in each state of the wrapped protocol: it keeps the promises that a transport makes. */
class WrapperStatesTest {
    private static final String HEADER = "PROXY TCP4 198.51.100.9 203.0.113.80 56324 443\r\n";

    private static final VirtualTime TIME = new VirtualTime();

    private enum Wrapper {
        PLAIN,
        TOTAL,
        BY_PEER,
        THROTTLING,
        PROXY,
        PROXY_AROUND_ALL;

        Factory around(Factory factory) {
            return switch (this) {
                case PLAIN ->
                    new WrappingFactory(factory) {
                        @Override
                        protected Protocol wrap(Protocol protocol) {
                            return new ProtocolWrapper(protocol);
                        }
                    };
                case TOTAL -> new LimitTotalConnectionsFactory(factory, 1);
                case BY_PEER -> new LimitConnectionsByPeer(factory, 1);
                case THROTTLING -> new ThrottlingFactory(factory, TIME, 1_000, 1_000);
                case PROXY -> new ProxyProtocolFactory(factory, TIME);
                case PROXY_AROUND_ALL ->
                    new ProxyProtocolFactory(THROTTLING.around(BY_PEER.around(TOTAL.around(factory))), TIME);
            };
        }

        String header() {
            return this == PROXY || this == PROXY_AROUND_ALL ? HEADER : "";
        }
    }

    /** Does something when it is made, and what its input says. */
    private static class Inner extends Protocol implements HalfCloseableProtocol {
        final List<String> told = new ArrayList<>();
        private final String atFirst;

        Inner(String atFirst) {
            this.atFirst = atFirst;
        }

        @Override
        public void connectionMade() {
            act(atFirst);
        }

        void act(String what) {
            switch (what) {
                case "pause" -> transport().pauseProducing();
                case "resume" -> transport().resumeProducing();
                case "pause and resume" -> {
                    transport().pauseProducing();
                    transport().resumeProducing();
                }
                case "lose" -> transport().loseConnection();
                case "abort" -> transport().abortConnection();
                case "echo" -> transport().registerProducer(transport(), true);
                case "throw" -> throw new IllegalStateException("as planned");
                default -> {}
            }
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            String text = ISO_8859_1.decode(data).toString();
            told.add(text);
            act(text);
        }

        @Override
        public void readConnectionLost() {
            told.add("read lost");
        }

        @Override
        public void writeConnectionLost() {
            told.add("write lost");
        }

        @Override
        public void connectionLost(Throwable reason) {
            told.add("lost");
        }
    }

    private static MemoryTransport connect(Wrapper wrapper, Inner inner) {
        MemoryTransport transport = new MemoryTransport();
        Protocol outer = wrapper.around(peer -> inner).buildProtocol(transport.getPeer());
        transport.connect(outer);
        return transport;
    }

    @ParameterizedTest
    @EnumSource
    void aPausedProtocolIsGivenNothingUntilItGoesOnAndThenAllOfIt(Wrapper wrapper) {
        Inner inner = new Inner("pause");
        MemoryTransport transport = connect(wrapper, inner);
        boolean taken = transport.receive(wrapper.header() + "one");
        assertThat(inner.told).isEmpty();
        inner.act("resume");
        inner.act("pause");
        TIME.advanceMillis(100);
        assertThat(inner.told).isEmpty();
        inner.act("resume");
        assertThat(inner.told).as("no delivery from inside of a call").isEmpty();
        TIME.advanceMillis(100);
        if (!taken) {
            transport.receive("one");
        }
        assertThat(inner.told).containsExactly("one");
        assertThat(transport.receive("two")).isTrue();
        assertThat(inner.told).containsExactly("one", "two");
    }

    @ParameterizedTest
    @EnumSource
    void whoPausesAndGoesOnInsideOfACallIsGivenAllInOrder(Wrapper wrapper) {
        Inner inner = new Inner("pause and resume");
        MemoryTransport transport = connect(wrapper, inner);
        transport.receive(wrapper.header() + "pause and resume");
        TIME.advanceMillis(100);
        transport.receive("two");
        assertThat(inner.told).containsExactly("pause and resume", "two");
    }

    @ParameterizedTest
    @EnumSource
    void aClosingProtocolIsGivenNothing(Wrapper wrapper) {
        for (String end : List.of("lose", "abort")) {
            for (String before : List.of("pause", "")) {
                Inner inner = new Inner(before);
                MemoryTransport transport = connect(wrapper, inner);
                if (before.isEmpty()) {
                    transport.receive(wrapper.header() + end);
                } else {
                    transport.receive(wrapper.header() + "kept");
                    if (wrapper.header().isEmpty()) {
                        inner.act(end);
                    } else {
                        inner.act("resume");
                        inner.act(end);
                    }
                }
                int before2 = inner.told.size();
                inner.act("resume");
                TIME.advanceMillis(100);
                assertThat(inner.told).hasSize(before2);
                transport.lose(ConnectionDone.INSTANCE);
                inner.act("resume");
                TIME.advanceMillis(100);
                assertThat(inner.told).hasSize(before2 + 1).last().isEqualTo("lost");
            }
        }
        assertThat(TIME.getDelayedCalls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aLostConnectionDropsWhatWasKept(Wrapper wrapper) {
        Inner inner = new Inner("pause");
        MemoryTransport transport = connect(wrapper, inner);
        transport.receive(wrapper.header() + "kept");
        if (!wrapper.header().isEmpty()) {
            inner.act("resume");
            transport.lose(ConnectionDone.INSTANCE);
            TIME.advanceMillis(100);
            assertThat(inner.told).containsExactly("lost");
        }
        assertThat(TIME.getDelayedCalls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"PROXY", "PROXY_AROUND_ALL"})
    void whoThrowsWhenGivenWhatWasKeptLosesTheConnection(Wrapper wrapper) {
        Inner inner = new Inner("pause");
        MemoryTransport transport = connect(wrapper, inner);
        transport.receive(wrapper.header() + "throw");
        inner.act("resume");
        assertThatThrownBy(() -> TIME.advanceMillis(1)).hasMessage("as planned");
        assertThat(transport.isAborted()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void anEchoOfItselfIsNotWaitedForAfterThePeersEnd(Wrapper wrapper) {
        Inner inner = new Inner("echo");
        MemoryTransport transport = connect(wrapper, inner);
        transport.receive(wrapper.header());
        transport.receiveEnd();
        assertThat(transport.producer).isNull();
        inner.act("lose");
        assertThat(transport.isClosed()).isTrue();
        assertThat(inner.told).endsWith("read lost");
    }

    @ParameterizedTest
    @EnumSource
    void eachConnectionIsCountedOnceInAndOnceOut(Wrapper wrapper) {
        Inner[] inner = {new Inner("throw")};
        Factory factory = wrapper.around(peer -> inner[0]);
        MemoryTransport first = new MemoryTransport();
        assertThatThrownBy(() -> {
                    first.connect(factory.buildProtocol(first.getPeer()));
                    first.receive(wrapper.header());
                })
                .hasMessage("as planned");
        first.lose(ConnectionDone.INSTANCE);
        inner[0] = new Inner("");
        MemoryTransport second = new MemoryTransport();
        second.connect(factory.buildProtocol(second.getPeer()));
        second.receive(wrapper.header() + "x");
        assertThat(inner[0].told).containsExactly("x");
    }
}
