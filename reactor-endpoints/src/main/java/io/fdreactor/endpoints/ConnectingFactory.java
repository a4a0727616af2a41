// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.Reactor;
import io.fdreactor.ReactorException;
import io.fdreactor.net.ClientFactory;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.Connector;
import io.fdreactor.net.Factory;
import io.fdreactor.net.Protocol;
import java.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One attempt to connect, and its future: the outcome of the attempt completes the future. */
final class ConnectingFactory implements ClientFactory {
    private final Reactor reactor;
    private final Factory factory;
    private final CompletableFuture<Protocol> made;

    ConnectingFactory(Reactor reactor, Factory factory, CompletableFuture<Protocol> made) {
        this.reactor = reactor;
        this.factory = factory;
        this.made = made;
    }

    /** {@return the wrapped factory, which the reactor starts and stops} */
    @Override
    public Factory wrappedFactory() {
        return factory;
    }

    @Override
    public void startedConnecting(Connector connector) {
        made.whenComplete((protocol, failure) -> {
            if (made.isCancelled()) {
                giveUp(connector);
            }
        });
    }

    /** Cancelling is for any thread. */
    private void giveUp(Connector connector) {
        try {
            reactor.callFromThread(connector::disconnect);
        } catch (ReactorException ended) {
            // With the reactor, the attempt has ended, too.
        }
    }

    @Override
    public @Nullable Protocol buildProtocol(SocketAddress peer) {
        if (made.isCancelled()) {
            return null;
        }
        Protocol protocol;
        try {
            protocol = factory.buildProtocol(peer);
        } catch (Throwable thrown) {
            made.completeExceptionally(thrown);
            throw thrown;
        }
        if (protocol == null) {
            made.completeExceptionally(new ConnectFailed(
                    String.valueOf(peer), new IllegalStateException("the factory has built no protocol for it")));
            return null;
        }
        return ConnectingProtocol.of(protocol, made);
    }

    @Override
    public void clientConnectionFailed(Connector connector, ConnectFailed reason) {
        made.completeExceptionally(reason);
    }

    /** The connection may end before its protocol was notified of its establishment. */
    @Override
    public void clientConnectionLost(Connector connector, Throwable reason) {
        made.completeExceptionally(reason);
    }
}
