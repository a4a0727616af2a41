// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static io.fdreactor.it.mutants.ForwardingTcp.mutant;

import io.fdreactor.Reactor;
import io.fdreactor.net.CannotListen;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.Connector;
import io.fdreactor.net.Factory;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.TcpTransport;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Wrong ports, and factories wrongly used, around the good facet of a reactor. */
final class WrongPorts {
    static final List<Mutant> ALL = List.of(
            mutant(
                            "refusal-without-cause",
                            "keeps the system's reason to itself",
                            reactor -> new ForwardingTcp(reactor) {
                                @Override
                                public ListeningPort listenTCP(int port, Factory factory, ListenOptions options)
                                        throws CannotListen {
                                    try {
                                        return super.listenTCP(port, factory, options);
                                    } catch (CannotListen e) {
                                        throw new CannotListen(options.bindAddress() + ":" + port, null);
                                    }
                                }
                            })
                    .fails("NET-01", "the system's reason as the cause"),
            mutant(
                            "refusal-of-its-own-kind",
                            "throws something unchecked for a taken port",
                            reactor -> new ForwardingTcp(reactor) {
                                @Override
                                public ListeningPort listenTCP(int port, Factory factory, ListenOptions options) {
                                    try {
                                        return super.listenTCP(port, factory, options);
                                    } catch (CannotListen e) {
                                        throw new UncheckedIOException(e);
                                    }
                                }
                            })
                    .fails("NET-01", "expected: CannotListen for [127."),
            mutant("listens-later", "opens the port in a later turn", reactor -> new ForwardingTcp(reactor) {
                        @Override
                        public ListeningPort listenTCP(int port, Factory factory, ListenOptions options) {
                            CompletableFuture<ListeningPort> opened = new CompletableFuture<>();
                            reactor.callLater(0, () -> {
                                try {
                                    opened.complete(super.listenTCP(port, factory, options));
                                } catch (CannotListen e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
                            return new Later(opened, new InetSocketAddress(options.bindAddress(), port));
                        }
                    })
                    .fails("NET-01", "the port that was picked; seen: 0"),
            ports(
                            "stops-later",
                            "accepts what waits before it stops",
                            (reactor, port) -> Map.of("stopListening", arguments -> {
                                CompletableFuture<Void> done = new CompletableFuture<>();
                                twoTurnsLater(
                                        reactor, () -> port.stopListening().thenRun(() -> done.complete(null)));
                                return done;
                            }))
                    .fails("NET-09", "expected: [late] is told []; seen: [makeConnection, made]"),
            ports(
                            "stopped-at-once",
                            "answers with a stage that is complete",
                            (reactor, port) -> Map.of("stopListening", arguments -> {
                                port.stopListening();
                                return CompletableFuture.completedFuture(null);
                            }))
                    .fails("NET-09", "the stage completes in a later turn"),
            ports(
                            "stops-after-the-batch",
                            "can't be stopped from inside buildProtocol",
                            (reactor, port) -> Map.of("stopListening", arguments -> {
                                CompletableFuture<Void> done = new CompletableFuture<>();
                                reactor.callLater(0, () -> port.stopListening().thenRun(() -> done.complete(null)));
                                return done;
                            }))
                    .fails("NET-09", "none is accepted after the one that has stopped the port"),
            mutant("stop-ends-all", "closes a port's connections with it", reactor -> new ForwardingTcp(reactor) {
                        private final List<TcpTransport> open = new ArrayList<>();

                        @Override
                        TcpTransport transport(TcpTransport transport) {
                            open.add(transport);
                            return transport;
                        }

                        @Override
                        public ListeningPort listenTCP(int port, Factory factory, ListenOptions options)
                                throws CannotListen {
                            ListeningPort good = super.listenTCP(port, factory, options);
                            return Otherwise.of(ListeningPort.class, good, Map.of("stopListening", arguments -> {
                                open.forEach(TcpTransport::loseConnection);
                                return good.stopListening();
                            }));
                        }
                    })
                    .fails("NET-09", "data for an open connection"),
            mutant(
                            "null-taken-for-silence",
                            "keeps a connection without a protocol",
                            reactor -> new ForwardingTcp(reactor) {
                                @Override
                                Protocol protocol(Protocol protocol) {
                                    return protocol == null ? new Protocol() {} : super.protocol(protocol);
                                }
                            })
                    .fails("NET-03", "hangs"),
            mutant(
                            "factory-started-by-each",
                            "counts the uses of a factory port by port",
                            reactor -> new ForwardingTcp(reactor) {
                                @Override
                                Middleman middleman(Factory factory) {
                                    return newMiddleman(factory);
                                }
                            })
                    .fails("NET-20", "what the factory is told while a port uses it"),
            mutant("factory-never-stopped", "has no end for a factory", reactor -> new ForwardingTcp(reactor) {
                        @Override
                        Middleman newMiddleman(Factory factory) {
                            return new Middleman(factory) {
                                @Override
                                public void stopFactory() {}
                            };
                        }
                    })
                    .fails("NET-20", "the factory is stopped with its last port"),
            mutant(
                            "factory-stopped-by-failure",
                            "has done with a factory that asks again",
                            reactor -> new ForwardingTcp(reactor) {
                                @Override
                                Middleman newMiddleman(Factory factory) {
                                    return new Middleman(factory) {
                                        @Override
                                        public void clientConnectionFailed(Connector connector, ConnectFailed reason) {
                                            super.stopFactory();
                                            super.startFactory();
                                            super.clientConnectionFailed(connector, reason);
                                        }
                                    };
                                }
                            })
                    .fails("NET-20", "[start, stop, start, failed"));

    private WrongPorts() {}

    /** What a port does otherwise. */
    @FunctionalInterface
    private interface Change {
        Map<String, Otherwise.Call> of(Reactor reactor, ListeningPort good);
    }

    private static Mutant ports(String name, String mistake, Change change) {
        return mutant(name, mistake, reactor -> new ForwardingTcp(reactor) {
            @Override
            public ListeningPort listenTCP(int port, Factory factory, ListenOptions options) throws CannotListen {
                ListeningPort good = super.listenTCP(port, factory, options);
                return Otherwise.of(ListeningPort.class, good, change.of(reactor, good));
            }
        });
    }

    static void twoTurnsLater(Reactor reactor, Runnable call) {
        reactor.callLater(0, () -> reactor.callLater(0, call));
    }

    /** A port that will be opened. */
    private record Later(CompletableFuture<ListeningPort> opened, SocketAddress address) implements ListeningPort {
        @Override
        public SocketAddress getHost() {
            return opened.isDone() ? opened.join().getHost() : address;
        }

        @Override
        public CompletableFuture<Void> stopListening() {
            return opened.thenCompose(ListeningPort::stopListening);
        }

        @Override
        public void startListening() {}
    }
}
