// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.ConnectionDone;
import io.fdreactor.net.Protocol;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.api.Test;

/** So many connections and no more. */
class LimitsTest {
    private static MemoryTransport connect(LimitingFactory factory, String host, int port) {
        SocketAddress peer = new InetSocketAddress(host, port);
        Protocol protocol = factory.buildProtocol(peer);
        if (protocol == null) {
            return null;
        }
        MemoryTransport transport = new MemoryTransport(host, port);
        transport.connect(protocol);
        return transport;
    }

    @Test
    void theTotalIsLimitedAndAnEndMakesRoom() {
        LimitTotalConnectionsFactory factory = new LimitTotalConnectionsFactory(peer -> new RecordingProtocol(), 2);
        MemoryTransport first = connect(factory, "192.0.2.1", 1);
        connect(factory, "192.0.2.2", 1);
        assertThat(connect(factory, "192.0.2.3", 1)).isNull();
        first.lose(ConnectionDone.INSTANCE);
        assertThat(factory.connections()).isEqualTo(1);
        assertThat(connect(factory, "192.0.2.3", 1)).isNotNull();
    }

    @Test
    void aProtocolThatWasBuiltAndNeverConnectedDoesNotCount() {
        LimitTotalConnectionsFactory factory = new LimitTotalConnectionsFactory(peer -> new RecordingProtocol(), 1);
        factory.buildProtocol(new InetSocketAddress("192.0.2.1", 1));
        assertThat(connect(factory, "192.0.2.2", 1)).isNotNull();
    }

    @Test
    void oneTooManyMayBeToldWhy() {
        LimitTotalConnectionsFactory factory = new LimitTotalConnectionsFactory(peer -> new RecordingProtocol(), 0) {
            @Override
            protected Protocol buildOverflowProtocol(SocketAddress peer) {
                return new Protocol() {
                    @Override
                    public void connectionMade() {
                        transport().write("full".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                        transport().loseConnection();
                    }
                };
            }
        };
        MemoryTransport transport = connect(factory, "192.0.2.1", 1);
        assertThat(transport.takeSent()).isEqualTo("full");
        transport.lose(ConnectionDone.INSTANCE);
        assertThat(factory.connections()).isZero();
    }

    @Test
    void eachAddressHasALimitOfItsOwnWhateverThePort() {
        LimitConnectionsByPeer factory = new LimitConnectionsByPeer(peer -> new RecordingProtocol(), 2);
        MemoryTransport first = connect(factory, "192.0.2.1", 1);
        connect(factory, "192.0.2.1", 2);
        assertThat(connect(factory, "192.0.2.1", 3)).isNull();
        assertThat(connect(factory, "192.0.2.2", 1)).isNotNull();
        first.lose(ConnectionDone.INSTANCE);
        assertThat(factory.connections(new InetSocketAddress("192.0.2.1", 9))).isEqualTo(1);
        assertThat(connect(factory, "192.0.2.1", 3)).isNotNull();
    }

    @Test
    void aNegativeLimitIsRefused() {
        assertThatThrownBy(() -> new LimitConnectionsByPeer(peer -> null, -1)).hasMessageContaining("[-1]");
    }

    @Test
    void addressesThatDifferInTheirScopesAloneAreOthers() throws Exception {
        byte[] linkLocal = new byte[16];
        linkLocal[0] = (byte) 0xfe;
        linkLocal[1] = (byte) 0x80;
        linkLocal[15] = 1;
        LimitConnectionsByPeer factory = new LimitConnectionsByPeer(peer -> new RecordingProtocol(), 1);
        for (int scope : new int[] {1, 2}) {
            InetSocketAddress peer = new InetSocketAddress(Inet6Address.getByAddress("", linkLocal, scope), 9);
            Protocol protocol = factory.buildProtocol(peer);
            assertThat(protocol).isNotNull();
            protocol.makeConnection(new MemoryTransport(peer));
            assertThat(factory.buildProtocol(peer)).isNull();
            assertThat(factory.connections(peer)).isEqualTo(1);
        }
    }
}
