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
 * A factory that wraps another one and each of its protocols. It serves and connects: as a {@link ClientFactory} it
 * passes notifications on if the wrapped factory is one too. Twisted: {@code WrappingFactory}.
 */
public abstract class WrappingFactory implements ClientFactory {
    private final Factory wrapped;

    /**
     * Creates the wrapper.
     *
     * @param wrapped the factory to wrap
     */
    protected WrappingFactory(Factory wrapped) {
        this.wrapped = wrapped;
    }

    /**
     * Wraps a protocol that the wrapped factory has built.
     *
     * @param protocol the protocol to wrap
     * @return the wrapper
     */
    protected abstract Protocol wrap(Protocol protocol);

    /**
     * Builds the wrapped factory's protocol for this peer, and wraps it.
     *
     * @param peer the other side's address
     * @return the wrapped protocol, or null if the wrapped factory returned null
     */
    @Override
    public @Nullable Protocol buildProtocol(SocketAddress peer) {
        Protocol protocol = wrapped.buildProtocol(peer);
        return protocol == null ? null : wrap(protocol);
    }

    /** {@return the wrapped factory, which the reactor starts and stops} */
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
