// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.net.Factory;
import io.fdreactor.net.Protocol;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Wraps a factory and limits its connections: what {@link LimitTotalConnectionsFactory} and
 * {@link LimitConnectionsByPeer} have in common. A connection counts from its {@code connectionMade} to its
 * {@code connectionLost}.
 */
public abstract class LimitingFactory extends WrappingFactory {
    /** For the factories of this package only. */
    LimitingFactory(Factory wrapped) {
        super(wrapped);
    }

    static int checkedLimit(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("a limit of connections can't be negative: [" + limit + "]");
        }
        return limit;
    }

    abstract boolean admits(SocketAddress peer);

    abstract void connected(SocketAddress peer);

    abstract void disconnected(SocketAddress peer);

    /**
     * A connection exceeds the limit: makes a protocol that refuses it. That connection isn't counted. Twisted:
     * {@code buildOverflowProtocol}.
     *
     * @param peer the other side's address
     * @return a protocol that sends the reason and closes; or null, the default, to close at once
     */
    protected @Nullable Protocol buildOverflowProtocol(SocketAddress peer) {
        return null;
    }

    @Override
    public final @Nullable Protocol buildProtocol(SocketAddress peer) {
        return admits(peer) ? super.buildProtocol(peer) : buildOverflowProtocol(peer);
    }

    @Override
    protected final Protocol wrap(Protocol protocol) {
        return new Counted(this, protocol);
    }

    private static final class Counted extends ProtocolWrapper {
        private final LimitingFactory factory;
        /** As it was counted, whatever the transport says in the end; null before and after. */
        private @Nullable SocketAddress counted;

        Counted(LimitingFactory factory, Protocol wrapped) {
            super(wrapped);
            this.factory = factory;
        }

        @Override
        public void connectionMade() {
            SocketAddress peer = getPeer();
            factory.connected(peer);
            counted = peer;
            super.connectionMade();
        }

        @Override
        public void connectionLost(Throwable reason) {
            SocketAddress peer = counted;
            counted = null;
            if (peer != null) {
                factory.disconnected(peer);
            }
            super.connectionLost(reason);
        }
    }
}
