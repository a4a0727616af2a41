// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import io.fdreactor.Reactor;
import io.fdreactor.net.CannotListen;
import io.fdreactor.net.ClientFactory;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import io.fdreactor.net.Factory;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.TcpTransport;
import io.fdreactor.net.Transport;
import java.net.SocketAddress;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A TCP facet that does what another one does; a mutant does one thing otherwise, here or in one of those that pass
 * through: protocols, transports, factories.
 */
class ForwardingTcp implements IReactorTCP {
    protected final Reactor reactor;
    protected final IReactorTCP good;
    private final Map<Factory, Middleman> middlemen = new IdentityHashMap<>();

    ForwardingTcp(Reactor reactor) {
        this.reactor = reactor;
        this.good = reactor.facet(IReactorTCP.class).orElseThrow();
    }

    /** A mutant whose facet this makes of the reactor that has the good one. */
    static Mutant mutant(String name, String mistake, Function<Reactor, IReactorTCP> breaking) {
        AlteredProvider provider = AlteredProvider.epoll().inside(opened -> {
            Optional<IReactorTCP> broken = Optional.of(breaking.apply(opened));
            return Otherwise.of(
                    Reactor.class,
                    opened,
                    Map.of(
                            "facet",
                            asked -> asked[0] == IReactorTCP.class ? broken : opened.facet((Class<?>) asked[0])));
        });
        return new Mutant(name, mistake, provider, Trial.Numbers.class, Map.of());
    }

    /** Who tells the protocol. */
    Messenger messenger(Protocol protocol) {
        return new Messenger(protocol);
    }

    /** What the protocol gets for a transport. */
    TcpTransport transport(TcpTransport transport) {
        return transport;
    }

    /** What the factory's protocol becomes; the factory may have refused to make one. */
    Protocol protocol(Protocol protocol) {
        if (protocol == null) {
            return null;
        }
        Messenger messenger = messenger(protocol);
        return new Messenger(messenger.disguised()) {
            @Override
            void made(Transport transport) {
                super.made(ForwardingTcp.this.transport((TcpTransport) transport));
            }
        }.disguised();
    }

    /** Who stands between the good facet and a factory. */
    Middleman newMiddleman(Factory factory) {
        return new Middleman(factory);
    }

    /** The one that a factory has. */
    Middleman middleman(Factory factory) {
        return middlemen.computeIfAbsent(factory, this::newMiddleman);
    }

    @Override
    public ListeningPort listenTCP(int port, Factory factory, ListenOptions options) throws CannotListen {
        return good.listenTCP(port, middleman(factory), options);
    }

    @Override
    public Connector connectTCP(String host, int port, ClientFactory factory, ConnectOptions options) {
        return good.connectTCP(host, port, middleman(factory), options);
    }

    /** A factory that does what another one does. */
    class Middleman implements ClientFactory {
        protected final Factory factory;

        Middleman(Factory factory) {
            this.factory = factory;
        }

        @Override
        public Protocol buildProtocol(SocketAddress peer) {
            return protocol(factory.buildProtocol(peer));
        }

        @Override
        public void startFactory() {
            factory.startFactory();
        }

        @Override
        public void stopFactory() {
            factory.stopFactory();
        }

        @Override
        public void startedConnecting(Connector connector) {
            ((ClientFactory) factory).startedConnecting(connector);
        }

        @Override
        public void clientConnectionFailed(Connector connector, ConnectFailed reason) {
            ((ClientFactory) factory).clientConnectionFailed(connector, reason);
        }

        @Override
        public void clientConnectionLost(Connector connector, Throwable reason) {
            ((ClientFactory) factory).clientConnectionLost(connector, reason);
        }
    }
}
