// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static io.fdreactor.it.mutants.WrongPorts.twoTurnsLater;

import io.fdreactor.ConnectionDone;
import io.fdreactor.ConnectionLost;
import io.fdreactor.Reactor;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.Transport;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;

/** Wrong ways to tell a protocol what happens, around the good facet of a reactor. */
final class WrongMessengers {
    static final List<Mutant> ALL = List.of(
            mutant(
                            "made-after-data",
                            "reads before the protocol has its transport",
                            (reactor, protocol) -> new Messenger(protocol) {
                                @Override
                                void made(Transport transport) {
                                    twoTurnsLater(reactor, () -> super.made(transport));
                                }
                            })
                    .fails("NET-03", "is told [makeConnection, made, data, lost ConnectionDone]; seen: [data, "),
            mutant(
                            "made-twice",
                            "calls connectionMade after makeConnection has",
                            (reactor, protocol) -> new Messenger(protocol) {
                                @Override
                                void made(Transport transport) {
                                    super.made(transport);
                                    protocol.connectionMade();
                                }
                            })
                    .fails("NET-03", "seen: [makeConnection, made, made, "),
            mutant("lost-twice", "tells of the end and of the close", (reactor, protocol) -> new Messenger(protocol) {
                        @Override
                        void lost(Throwable reason) {
                            super.lost(reason);
                            super.lost(reason);
                        }
                    })
                    .fails("NET-03", "lost ConnectionDone, lost ConnectionDone]"),
            mutant(
                            "lost-left-out",
                            "forgets who failed in connectionMade",
                            (reactor, protocol) -> new Messenger(protocol) {
                                private boolean made;

                                @Override
                                void made(Transport transport) {
                                    super.made(transport);
                                    made = true;
                                }

                                @Override
                                void lost(Throwable reason) {
                                    if (made) {
                                        super.lost(reason);
                                    }
                                }
                            })
                    .fails("NET-03", "both connections end"),
            mutant(
                            "failure-survived",
                            "goes on after dataReceived has thrown",
                            (reactor, protocol) -> new Messenger(protocol) {
                                @Override
                                void data(ByteBuffer data) {
                                    try {
                                        super.data(data);
                                    } catch (IllegalStateException e) {
                                        data.clear();
                                    }
                                }
                            })
                    .fails("NET-03", "the connection ends"),
            mutant(
                            "half-failure-survived",
                            "goes on after readConnectionLost has thrown",
                            (reactor, protocol) -> new Messenger(protocol) {
                                @Override
                                void inputEnded() {
                                    try {
                                        super.inputEnded();
                                    } catch (IllegalStateException e) {
                                        // Then half a protocol goes on with half a connection.
                                    }
                                }
                            })
                    .fails("NET-06", "the connection ends"),
            mutant(
                            "end-overtakes",
                            "hands input on piece by piece, and the end at once",
                            (reactor, protocol) -> new Messenger(protocol) {
                                @Override
                                void data(ByteBuffer data) {
                                    ByteBuffer piece = ByteBuffer.allocate(Math.min(1024, data.remaining()));
                                    piece.put(0, data, data.position(), piece.capacity());
                                    super.data(piece);
                                    ByteBuffer rest = ByteBuffer.allocate(data.remaining() - piece.capacity());
                                    rest.put(0, data, data.position() + piece.capacity(), rest.capacity());
                                    if (rest.hasRemaining()) {
                                        reactor.callLater(0, () -> data(rest));
                                    }
                                }
                            })
                    .fails("NET-12", "all bytes come before the end"),
            mutant("limit-left", "gives the whole buffer", (reactor, protocol) -> new Messenger(protocol) {
                        private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20);

                        @Override
                        void data(ByteBuffer data) {
                            super.data(buffer.clear().put(data).rewind());
                        }
                    })
                    .fails("NET-18", "what was sent, and no more"),
            mutant("delivered-again", "keeps what wasn't consumed", (reactor, protocol) -> new Messenger(protocol) {
                        private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20);

                        @Override
                        void data(ByteBuffer data) {
                            super.data(buffer.put(data).flip());
                            buffer.compact();
                        }
                    })
                    .fails("NET-18", "each input once"),
            mutant(
                            "buffer-not-cleared",
                            "sets the buffer's order once and its limit never",
                            (reactor, protocol) -> new Messenger(protocol) {
                                @Override
                                void data(ByteBuffer data) {
                                    ByteBuffer buffer = SHARED.position(0);
                                    super.data(buffer.limit(Math.min(buffer.limit(), data.remaining()))
                                            .put(0, data, data.position(), buffer.limit()));
                                }
                            })
                    .fails("NET-18", "what was sent, and no less"),
            mutant(
                            "half-end-is-the-end",
                            "doesn't know half-closeable protocols",
                            (reactor, protocol) -> new Messenger(new Protocol() {
                                @Override
                                public void makeConnection(Transport transport) {
                                    protocol.makeConnection(transport);
                                }

                                @Override
                                public void dataReceived(ByteBuffer data) {
                                    protocol.dataReceived(data);
                                }

                                @Override
                                public void connectionLost(Throwable reason) {
                                    protocol.connectionLost(reason);
                                }
                            }))
                    .fails("NET-06", "the end of the input is told"),
            mutant(
                            "output-end-untold",
                            "sends its end and says nothing",
                            (reactor, protocol) -> new Messenger(protocol) {
                                @Override
                                void outputEnded() {}
                            })
                    .fails("NET-06", "the end of the output is told"),
            mutant(
                            "two-halves-no-end",
                            "takes two told halves for a told end",
                            (reactor, protocol) -> new Messenger(protocol) {
                                private boolean inputEnded;
                                private boolean outputEnded;

                                @Override
                                void inputEnded() {
                                    inputEnded = true;
                                    super.inputEnded();
                                }

                                @Override
                                void outputEnded() {
                                    outputEnded = true;
                                    super.outputEnded();
                                }

                                @Override
                                void lost(Throwable reason) {
                                    if (!inputEnded || !outputEnded) {
                                        super.lost(reason);
                                    }
                                }
                            })
                    .fails("NET-06", "the connection ends"),
            mutant(
                            "loss-without-cause",
                            "takes the shared instance for a reset",
                            (reactor, protocol) -> new Messenger(protocol) {
                                @Override
                                void lost(Throwable reason) {
                                    super.lost(reason.getCause() == null ? reason : ConnectionLost.INSTANCE);
                                }
                            })
                    .fails("NET-12", "the system's reason as the cause"),
            mutant(
                            "done-taken-for-lost",
                            "has one reason for all ends",
                            (reactor, protocol) -> new Messenger(protocol) {
                                @Override
                                void lost(Throwable reason) {
                                    super.lost(reason == ConnectionDone.INSTANCE ? ConnectionLost.INSTANCE : reason);
                                }
                            })
                    .fails("NET-12", "lost ConnectionLost"));

    /** What all connections get their input in, of that one mutant. */
    private static final ByteBuffer SHARED = ByteBuffer.allocate(1 << 20);

    private WrongMessengers() {}

    private static Mutant mutant(String name, String mistake, BiFunction<Reactor, Protocol, Messenger> between) {
        return ForwardingTcp.mutant(name, mistake, reactor -> new ForwardingTcp(reactor) {
            @Override
            Messenger messenger(Protocol protocol) {
                return between.apply(reactor, protocol);
            }
        });
    }
}
