// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.net.ClientFactory;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.Connector;
import io.fdreactor.net.Factory;
import io.fdreactor.net.Protocol;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A factory around another one, whose protocols get a wrapper each. It serves and connects: what a {@link ClientFactory}
 * is told is passed on if the other one is one. Twisted: {@code WrappingFactory}.
 */
public abstract class WrappingFactory implements ClientFactory {
    private final Factory wrapped;

    /** Around this factory. */
    protected WrappingFactory(Factory wrapped) {
        this.wrapped = wrapped;
    }

    /** The wrapper for a protocol that the wrapped factory has built. */
    protected abstract Protocol wrap(Protocol protocol);

    /** The wrapped factory's protocol for this peer, wrapped; null if it has none. */
    @Override
    public @Nullable Protocol buildProtocol(SocketAddress peer) {
        Protocol protocol = wrapped.buildProtocol(peer);
        return protocol == null ? null : wrap(protocol);
    }

    /** The reactor starts and stops it. */
    @Override
    public final Factory wrappedFactory() {
        return wrapped;
    }

    @Override
    public void startedConnecting(Connector connector) {
        if (wrapped instanceof ClientFactory client) {
            client.startedConnecting(connector);
        }
    }

    @Override
    public void clientConnectionFailed(Connector connector, ConnectFailed reason) {
        if (wrapped instanceof ClientFactory client) {
            client.clientConnectionFailed(connector, reason);
        }
    }

    @Override
    public void clientConnectionLost(Connector connector, Throwable reason) {
        if (wrapped instanceof ClientFactory client) {
            client.clientConnectionLost(connector, reason);
        }
    }
}
