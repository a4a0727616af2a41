// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import io.fdreactor.Reactor;
import io.fdreactor.endpoints.Endpoints;
import io.fdreactor.endpoints.InvalidEndpoint;
import io.fdreactor.net.Factory;
import io.fdreactor.net.Protocol;
import io.fdreactor.selection.Reactors;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** What {@link EndpointsFromJarsTest} runs in a JVM of its own. It knows nothing but the endpoints and the api. */
public final class EndpointsMain {
    private EndpointsMain() {}

    /** On each backend, a client says hello to a server; then one is refused, and one gives up. */
    public static void main(String[] args) {
        for (String backend : new String[] {"epoll", "poll", "select"}) {
            try (Reactor reactor = Reactors.open(backend)) {
                reactor.callWhenRunning(() -> converse(reactor));
                reactor.callLater(30_000_000_000L, reactor::stop);
                reactor.run();
            }
        }
        try (Reactor reactor = Reactors.open("select")) {
            Endpoints.serverFromString(reactor, "upd:80");
        } catch (InvalidEndpoint e) {
            System.out.println(e.getMessage());
        }
    }

    private static void converse(Reactor reactor) {
        Endpoints.serverFromString(reactor, "tcp:0:interface=127.0.0.1")
                .listen(peer -> new Greeter(reactor))
                .thenAccept(port -> {
                    int number = ((InetSocketAddress) port.getHost()).getPort();
                    String client = "tcp:127.0.0.1:" + number + ":timeout=20:idle=20";
                    Endpoints.clientFromString(reactor, client)
                            .connect(peer -> new Hearer(reactor))
                            .thenCompose(made -> port.stopListening())
                            .thenCompose(stopped -> fails(reactor, client, false))
                            .thenCompose(refused -> fails(reactor, client, true))
                            .whenComplete((done, failure) -> {
                                System.out.println(reactor.backend() + (failure == null ? " done" : ": " + failure));
                                reactor.stop();
                            });
                });
    }

    private static CompletableFuture<Void> fails(Reactor reactor, String client, boolean cancelled) {
        Factory nobody = peer -> null;
        CompletableFuture<Protocol> made =
                Endpoints.clientFromString(reactor, client).connect(nobody).toCompletableFuture();
        if (cancelled) {
            made.cancel(false);
        }
        return made.handle((protocol, failure) -> {
            System.out.println(reactor.backend() + " " + failure.getClass().getSimpleName());
            return null;
        });
    }

    private static final class Greeter extends Protocol {
        private final Reactor reactor;

        Greeter(Reactor reactor) {
            this.reactor = reactor;
        }

        @Override
        public void connectionMade() {
            transport().write((reactor.backend() + " says hello").getBytes(StandardCharsets.UTF_8));
            transport().loseConnection();
        }
    }

    private static final class Hearer extends Protocol {
        private final StringBuilder heard = new StringBuilder();
        private final Reactor reactor;

        Hearer(Reactor reactor) {
            this.reactor = reactor;
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            heard.append(StandardCharsets.UTF_8.decode(data));
        }

        @Override
        public void connectionLost(Throwable reason) {
            System.out.println(heard + ": " + reactor.isRunning());
        }
    }
}
