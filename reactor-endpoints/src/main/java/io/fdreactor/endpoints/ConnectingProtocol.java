// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.net.HalfCloseableProtocol;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.Transport;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * Completes a future when a protocol is connected: after its {@code connectionMade} and before its first data, which
 * neither a factory nor a timer could do. All other calls are passed on. Twisted: {@code _WrappingProtocol}.
 */
class ConnectingProtocol extends Protocol {
    private final Protocol protocol;
    private final CompletableFuture<Protocol> made;

    private ConnectingProtocol(Protocol protocol, CompletableFuture<Protocol> made) {
        this.protocol = protocol;
        this.made = made;
    }

    /** Half-closeable if the protocol is. */
    static Protocol of(Protocol protocol, CompletableFuture<Protocol> made) {
        return protocol instanceof HalfCloseableProtocol half
                ? new HalfCloseable(protocol, half, made)
                : new ConnectingProtocol(protocol, made);
    }

    @Override
    public void makeConnection(Transport connected) {
        try {
            protocol.makeConnection(connected);
        } catch (Throwable thrown) {
            made.completeExceptionally(thrown);
            throw thrown;
        }
        made.complete(protocol);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        protocol.dataReceived(data);
    }

    @Override
    public void connectionLost(Throwable reason) {
        protocol.connectionLost(reason);
    }

    private static final class HalfCloseable extends ConnectingProtocol implements HalfCloseableProtocol {
        private final HalfCloseableProtocol half;

        HalfCloseable(Protocol protocol, HalfCloseableProtocol half, CompletableFuture<Protocol> made) {
            super(protocol, made);
            this.half = half;
        }

        @Override
        public void readConnectionLost() {
            half.readConnectionLost();
        }

        @Override
        public void writeConnectionLost() {
            half.writeConnectionLost();
        }
    }
}
