// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

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
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A reactor that can do nothing but TCP, and that only for show: it keeps what it was asked. */
final class FakeTcp implements IReactorTCP {
    int port;

    @Nullable
    String host;

    @Nullable
    ListenOptions listenOptions;

    @Nullable
    ConnectOptions connectOptions;

    @Nullable
    ClientFactory factory;

    @Nullable
    CannotListen refusal;

    FakeConnector connector = new FakeConnector();

    /** Calls from threads that are still to be made. */
    final Queue<Runnable> calls = new ArrayDeque<>();

    final class FakeConnector implements Connector {
        int disconnects;

        @Override
        public void connect() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void stopConnecting() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void disconnect() {
            disconnects++;
            factory.clientConnectionFailed(this, new ConnectFailed.Stopped(host));
        }

        @Override
        public InetSocketAddress getDestination() {
            return InetSocketAddress.createUnresolved(host, port);
        }
    }

    Reactor reactor() {
        return (Reactor) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Reactor.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "facet" -> Optional.of(this);
                    case "callFromThread" -> calls.add((Runnable) arguments[0]) ? null : null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    static Reactor reactorWithoutTcp() {
        return (Reactor) Proxy.newProxyInstance(
                FakeTcp.class.getClassLoader(),
                new Class<?>[] {Reactor.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "facet" -> Optional.empty();
                    case "backend" -> "bare";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Override
    public ListeningPort listenTCP(int wanted, Factory serving, ListenOptions options) throws CannotListen {
        if (refusal != null) {
            throw refusal;
        }
        port = wanted;
        listenOptions = options;
        return (ListeningPort) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ListeningPort.class}, (proxy, method, arguments) -> null);
    }

    @Override
    public Connector connectTCP(String name, int wanted, ClientFactory connecting, ConnectOptions options) {
        host = name;
        port = wanted;
        connectOptions = options;
        factory = connecting;
        connecting.startedConnecting(connector);
        return connector;
    }
}
