// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static io.fdreactor.it.mutants.ForwardingTcp.mutant;

import io.fdreactor.ConnectionDone;
import io.fdreactor.Reactor;
import io.fdreactor.WrongThread;
import io.fdreactor.net.CannotListen;
import io.fdreactor.net.Factory;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.Producer;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.TcpTransport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Wrong transports, around the good facet of a reactor. */
final class WrongTransports {
    static final List<Mutant> ALL = List.of(
            mutant(
                            "write-keeps-the-buffer",
                            "writes the caller's buffer later",
                            changing((reactor, good) -> Map.of("write", arguments -> {
                                ByteBuffer data = (ByteBuffer) arguments[0];
                                ByteBuffer kept = data.duplicate();
                                data.position(data.limit());
                                reactor.callLater(0, () -> good.write(kept));
                                return null;
                            })))
                    .fails("NET-04", "all bytes arrive"),
            mutant(
                            "write-leaves-the-position",
                            "takes the bytes and leaves the buffer",
                            changing((reactor, good) -> Map.of("write", arguments -> {
                                good.write(((ByteBuffer) arguments[0]).duplicate());
                                return null;
                            })))
                    .fails("NET-04", "all bytes are taken at once"),
            mutant(
                            "small-writes-overtake",
                            "puts large writes off",
                            changing((reactor, good) -> Map.of("write", arguments -> {
                                ByteBuffer data = (ByteBuffer) arguments[0];
                                if (data.remaining() > 1 << 16) {
                                    ByteBuffer copy = ByteBuffer.allocate(data.remaining())
                                            .put(data)
                                            .flip();
                                    reactor.callLater(0, () -> good.write(copy));
                                } else {
                                    good.write(data);
                                }
                                return null;
                            })))
                    .fails("NET-04", "; seen: "),
            mutant(
                            "lose-drops",
                            "closes at once where it was to send first",
                            changing((reactor, good) -> Map.of("loseConnection", arguments -> {
                                good.abortConnection();
                                return null;
                            })))
                    .fails("NET-05", "lost ConnectionAborted")
                    .fails("NET-27", "the file is sent before the end"),
            mutant("lose-calls-back", "tells of the end from inside", reactor -> new ForwardingTcp(reactor) {
                        private Protocol latest;

                        @Override
                        Messenger messenger(Protocol protocol) {
                            latest = protocol;
                            return super.messenger(protocol);
                        }

                        @Override
                        TcpTransport transport(TcpTransport good) {
                            Protocol protocol = latest;
                            return Otherwise.of(TcpTransport.class, good, Map.of("loseConnection", arguments -> {
                                good.loseConnection();
                                protocol.connectionLost(ConnectionDone.INSTANCE);
                                return null;
                            }));
                        }
                    })
                    .fails("NET-05", "isn't told lost ConnectionDone from inside a call"),
            mutant(
                            "lose-comes-late",
                            "sends what is written after the close",
                            changing((reactor, good) -> Map.of("loseConnection", arguments -> {
                                reactor.callLater(0, good::loseConnection);
                                return null;
                            })))
                    .fails("NET-05", "the end, after all that was written"),
            mutant(
                            "lose-waits-for-nobody",
                            "closes while a producer is registered",
                            changing((reactor, good) -> Map.of("loseConnection", arguments -> {
                                good.unregisterProducer();
                                good.loseConnection();
                                return null;
                            })))
                    .fails("NET-05", "[server] is told [makeConnection, made]"),
            mutant(
                            "closing-denied",
                            "doesn't say that it closes",
                            changing((reactor, good) -> Map.of("isDisconnecting", arguments -> false)))
                    .fails("NET-05", "isDisconnecting tells it from inside the same call"),
            mutant(
                            "half-closed-whole",
                            "closes where one half was to end",
                            changing((reactor, good) -> Map.of("loseWriteConnection", arguments -> {
                                good.loseConnection();
                                return null;
                            })))
                    .fails("NET-06", "the end of the output is told"),
            mutant(
                            "second-producer-taken",
                            "lets a second producer replace the first",
                            changing((reactor, good) -> Map.of("registerProducer", arguments -> {
                                good.unregisterProducer();
                                good.registerProducer((Producer) arguments[0], (boolean) arguments[1]);
                                return null;
                            })))
                    .fails("NET-07", "a second producer is refused"),
            producers("producer-not-paused", "lets the producer flood it", "pauseProducing")
                    .fails("NET-07", "the producer is paused"),
            producers("producer-not-resumed", "forgets whom it has paused", "resumeProducing")
                    .fails("NET-07", "the producer is resumed"),
            producers("producer-not-stopped", "is lost without its producer's knowledge", "stopProducing")
                    .fails("NET-07", "what the producer is told ==> expected: <[stop]> but was: <[]>"),
            mutant(
                            "producer-kept-for-ever",
                            "doesn't let a producer go",
                            changing((reactor, good) -> Map.of("unregisterProducer", Otherwise.NOTHING)))
                    .fails("NET-05", "the connection ends")
                    .fails("NET-07", "the connection ends"),
            mutant(
                            "late-producer-forgotten",
                            "takes a producer when all is over",
                            reactor -> new ForwardingTcp(reactor) {
                                private boolean lost;

                                @Override
                                Messenger messenger(Protocol protocol) {
                                    return new Messenger(protocol) {
                                        @Override
                                        void lost(Throwable reason) {
                                            lost = true;
                                            super.lost(reason);
                                        }
                                    };
                                }

                                @Override
                                TcpTransport transport(TcpTransport good) {
                                    return Otherwise.of(
                                            TcpTransport.class, good, Map.of("registerProducer", arguments -> {
                                                if (!lost) {
                                                    good.registerProducer(
                                                            (Producer) arguments[0], (boolean) arguments[1]);
                                                }
                                                return null;
                                            }));
                                }
                            })
                    .fails("NET-07", "what the producer is told ==> expected: <[stop]> but was: <[]>"),
            mutant("write-pauses-inside", "pauses the producer from inside its write", changing((reactor, good) -> {
                        List<Producer> producers = new ArrayList<>();
                        return Map.of(
                                "registerProducer",
                                        arguments -> {
                                            producers.add((Producer) arguments[0]);
                                            good.registerProducer((Producer) arguments[0], (boolean) arguments[1]);
                                            return null;
                                        },
                                "write",
                                        arguments -> {
                                            good.write((ByteBuffer) arguments[0]);
                                            if (good.bufferedBytes() > 1 << 16) {
                                                producers.forEach(Producer::pauseProducing);
                                            }
                                            return null;
                                        });
                    }))
                    .fails("NET-07", "isn't told pause from inside a call"),
            mutant(
                            "pause-ignored",
                            "goes on reading",
                            changing((reactor, good) -> Map.of("pauseProducing", Otherwise.NOTHING)))
                    .fails("NET-08", "seen: [makeConnection, made, data]"),
            mutant(
                            "resume-ignored",
                            "never reads again",
                            changing((reactor, good) -> Map.of("resumeProducing", Otherwise.NOTHING)))
                    .fails("NET-08", "all bytes")
                    .fails("NET-12", "the end is told"),
            mutant("pause-only-hides", "reads on and keeps the input", PatientTcp::new)
                    .fails("NET-08", "the kernel pushes back"),
            mutant(
                            "addresses-swapped",
                            "takes getPeer for getHost",
                            changing((reactor, good) -> Map.of(
                                    "getPeer", arguments -> good.getHost(),
                                    "getHost", arguments -> good.getPeer())))
                    .fails("NET-11", "server.getHost"),
            mutant("host-is-the-ports", "answers with the port's address", reactor -> new ForwardingTcp(reactor) {
                        private ListeningPort latest;

                        @Override
                        public ListeningPort listenTCP(int port, Factory factory, ListenOptions options)
                                throws CannotListen {
                            latest = super.listenTCP(port, factory, options);
                            return latest;
                        }

                        @Override
                        TcpTransport transport(TcpTransport good) {
                            return Otherwise.of(
                                    TcpTransport.class, good, Map.of("getHost", arguments -> latest.getHost()));
                        }
                    })
                    .fails("NET-11", "server.getHost"),
            mutant(
                            "address-asked-late",
                            "asks the system for the peer each time",
                            reactor -> new ForwardingTcp(reactor) {
                                private boolean lost;

                                @Override
                                Messenger messenger(Protocol protocol) {
                                    return new Messenger(protocol) {
                                        @Override
                                        void lost(Throwable reason) {
                                            lost = true;
                                            super.lost(reason);
                                        }
                                    };
                                }

                                @Override
                                TcpTransport transport(TcpTransport good) {
                                    return Otherwise.of(TcpTransport.class, good, Map.of("getPeer", arguments -> {
                                        if (lost) {
                                            throw new IllegalStateException("the same addresses inside connectionLost");
                                        }
                                        return good.getPeer();
                                    }));
                                }
                            })
                    .fails("NET-11", "the same addresses inside connectionLost"),
            mutant(
                            "strangers-handed-over",
                            "takes calls from other threads in silence",
                            changing((reactor, good) -> Map.of("write", arguments -> {
                                try {
                                    good.write((ByteBuffer) arguments[0]);
                                } catch (WrongThread e) {
                                    reactor.callFromThread(() -> good.write((ByteBuffer) arguments[0]));
                                }
                                return null;
                            })))
                    .fails("CORE-10", "expected of write in another thread"));

    private WrongTransports() {}

    /** What a transport does otherwise. */
    @FunctionalInterface
    interface Change {
        Map<String, Otherwise.Call> of(Reactor reactor, TcpTransport good);
    }

    /** A facet whose transports do this. */
    static Function<Reactor, IReactorTCP> changing(Change change) {
        return reactor -> new ForwardingTcp(reactor) {
            @Override
            TcpTransport transport(TcpTransport good) {
                return Otherwise.of(TcpTransport.class, good, change.of(reactor, good));
            }
        };
    }

    /** A mutant that never calls this method of a producer. */
    private static Mutant producers(String name, String mistake, String forgotten) {
        return mutant(
                name,
                mistake,
                changing((reactor, good) -> Map.of("registerProducer", arguments -> {
                    Producer producer = (Producer) arguments[0];
                    good.registerProducer(
                            Otherwise.of(Producer.class, producer, Map.of(forgotten, Otherwise.NOTHING)),
                            (boolean) arguments[1]);
                    return null;
                })));
    }

    /** Its pause holds the input back from the protocol, but not from itself. */
    private static final class PatientTcp extends ForwardingTcp {
        private final Map<Protocol, ByteBuffer> kept = new IdentityHashMap<>();
        private Protocol latest;

        PatientTcp(Reactor reactor) {
            super(reactor);
        }

        @Override
        Messenger messenger(Protocol protocol) {
            latest = protocol;
            return new Messenger(protocol) {
                @Override
                void data(ByteBuffer data) {
                    if (kept.containsKey(protocol)) {
                        kept.get(protocol).put(data);
                    } else {
                        super.data(data);
                    }
                }
            };
        }

        @Override
        TcpTransport transport(TcpTransport good) {
            Protocol protocol = latest;
            return Otherwise.of(
                    TcpTransport.class,
                    good,
                    Map.of(
                            "pauseProducing",
                                    arguments -> {
                                        kept.putIfAbsent(protocol, ByteBuffer.allocate(64 << 20));
                                        return null;
                                    },
                            "resumeProducing",
                                    arguments -> {
                                        protocol.dataReceived(
                                                kept.remove(protocol).flip());
                                        return null;
                                    }));
        }
    }
}
