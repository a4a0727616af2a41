// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static io.fdreactor.it.mutants.ForwardingTcp.mutant;
import static io.fdreactor.it.mutants.WrongTransports.changing;

import io.fdreactor.ConnectionLost;
import io.fdreactor.ConnectionTimedOut;
import io.fdreactor.net.CannotListen;
import io.fdreactor.net.ClientFactory;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import io.fdreactor.net.Deadlines;
import io.fdreactor.net.Factory;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.TcpOptions;
import io.fdreactor.net.TcpTransport;
import io.fdreactor.net.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Wrong marks, lingers and deadlines, around the good facet of a reactor; and what keeps the connections that had them. */
final class WrongLimits {
    private static final TcpOptions DEFAULT = TcpOptions.DEFAULT;

    static final List<Mutant> ALL = List.of(
            ofPorts(
                            "marks-fixed",
                            "has the same marks for the connections of all ports",
                            asked -> asked.withMarks(DEFAULT.lowWaterBytes(), DEFAULT.highWaterBytes()))
                    .fails("NET-21", "it is paused above its high mark, "),
            ofConnectors(
                            "client-marks-fixed",
                            "has the same marks for all clients",
                            asked -> asked.withMarks(DEFAULT.lowWaterBytes(), DEFAULT.highWaterBytes()))
                    .fails("NET-21", "it is paused above its high mark, "),
            ofPorts(
                            "resumed-when-empty",
                            "resumes a producer when all is sent",
                            asked -> asked.withMarks(0, asked.highWaterBytes()))
                    .fails("NET-21", "it is resumed at its low mark; seen: not yet"),
            ofPorts(
                            "resumed-at-the-high-mark",
                            "has one mark for both",
                            asked -> asked.withMarks(asked.highWaterBytes(), asked.highWaterBytes()))
                    .fails("NET-21", "expected: it is resumed at its low mark, "),
            ofPorts("linger-forgotten", "closes cleanly in any case", asked -> asked.withLinger(null))
                    .fails("NET-22", "the [server]'s peer sees a reset"),
            ofConnectors(
                            "client-linger-forgotten",
                            "closes clients cleanly in any case",
                            asked -> asked.withLinger(null))
                    .fails("NET-22", "the [client]'s peer sees a reset"),
            ofPorts("linger-always", "takes no linger for a linger of zero", asked -> asked.withLinger(Duration.ZERO))
                    .fails("NET-22", "no reset without a linger"),
            ofPorts("deadlines-forgotten", "waits for ever", asked -> asked.withDeadlines(Deadlines.NONE))
                    .fails("NET-23", "the [handshake] deadline ends the connection")
                    .fails("NET-24", "the [close] deadline ends the connection"),
            ofConnectors(
                            "client-deadlines-forgotten",
                            "lets clients wait",
                            asked -> asked.withDeadlines(Deadlines.NONE))
                    .fails("NET-23", "the [handshake] deadline ends the connection"),
            ofPorts("deadlines-hurried", "takes half of the time that is left to it", WrongLimits::halved)
                    .fails("NET-23", "the [handshake] deadline of PT0.1S isn't over early")
                    .fails("NET-24", "the [close] deadline of PT0.1S isn't over early"),
            ofPorts(
                            "close-asks-for-progress",
                            "lets a slow peer hold a connection that is closed",
                            asked -> asked.withDeadlines(asked.deadlines()
                                    .withClose(null)
                                    .withWrite(asked.deadlines().close())))
                    .fails("NET-24", "ConnectionTimedOut by [close]"),
            mutant("deadline-unnamed", "doesn't say which deadline it was", reactor -> new ForwardingTcp(reactor) {
                        @Override
                        Messenger messenger(Protocol protocol) {
                            return new Messenger(protocol) {
                                @Override
                                void lost(Throwable reason) {
                                    super.lost(reason instanceof ConnectionTimedOut ? ConnectionLost.INSTANCE : reason);
                                }
                            };
                        }
                    })
                    .fails("NET-23", "ConnectionTimedOut by [handshake]"),
            mutant(
                            "deadlines-fixed",
                            "keeps its first deadlines",
                            changing((reactor, good) -> Map.of("setDeadlines", Otherwise.NOTHING)))
                    .fails("NET-23", "[freed]"),
            mutant(
                            "deadlines-not-told",
                            "forgets which deadlines it has",
                            changing((reactor, good) -> Map.of("getDeadlines", arguments -> Deadlines.NONE)))
                    .fails("NET-23", "expected: <Deadlines[handshake=null, idle=PT0.1S"),
            fromTheStart(
                            "handshake-for-ever",
                            "takes the handshake for a limit to the connection",
                            Deadlines::handshake)
                    .fails("NET-23", "expected: [server] is told [makeConnection, made, data]"),
            fromTheStart("idle-from-the-start", "counts idleness from the making of a connection", Deadlines::idle)
                    .fails("NET-23", "ConnectionTimedOut by [idle]"),
            fromTheStart(
                            "close-from-the-start",
                            "counts the time for closing from the making of a connection",
                            Deadlines::close)
                    .fails("NET-24", "expected: [server] is told [makeConnection, made]"),
            mutant(
                            "timer-left",
                            "leaves a timer behind with each close",
                            changing((reactor, good) -> Map.of("loseConnection", arguments -> {
                                reactor.callLater(Duration.ofHours(1), () -> {});
                                good.loseConnection();
                                return null;
                            })))
                    .fails("NET-24", "no timer is left"),
            mutant("all-kept", "keeps a list of its connections", reactor -> new ForwardingTcp(reactor) {
                        private final List<Transport> all = new ArrayList<>();

                        @Override
                        TcpTransport transport(TcpTransport good) {
                            all.add(good);
                            return good;
                        }
                    })
                    .fails("NET-25", "nobody keeps"));

    private WrongLimits() {}

    private static TcpOptions halved(TcpOptions asked) {
        Deadlines limits = asked.deadlines();
        return asked.withDeadlines(Deadlines.NONE
                .withHandshake(half(limits.handshake()))
                .withIdle(half(limits.idle()))
                .withWrite(half(limits.write()))
                .withClose(half(limits.close())));
    }

    private static Duration half(Duration limit) {
        return limit == null ? null : limit.dividedBy(2);
    }

    /** A mutant whose ports have other options for their connections than were asked for. */
    private static Mutant ofPorts(String name, String mistake, UnaryOperator<TcpOptions> change) {
        return mutant(name, mistake, reactor -> new ForwardingTcp(reactor) {
            @Override
            public ListeningPort listenTCP(int port, Factory factory, ListenOptions options) throws CannotListen {
                return super.listenTCP(port, factory, options.withTcp(change.apply(options.tcp())));
            }
        });
    }

    /** A mutant whose connectors have other options for their connections than were asked for. */
    private static Mutant ofConnectors(String name, String mistake, UnaryOperator<TcpOptions> change) {
        return mutant(name, mistake, reactor -> new ForwardingTcp(reactor) {
            @Override
            public Connector connectTCP(String host, int port, ClientFactory factory, ConnectOptions options) {
                return super.connectTCP(host, port, factory, options.withTcp(change.apply(options.tcp())));
            }
        });
    }

    /** A mutant that ends a connection when it is as old as this deadline is long. */
    private static Mutant fromTheStart(String name, String mistake, Function<Deadlines, Duration> which) {
        return mutant(name, mistake, reactor -> new ForwardingTcp(reactor) {
            @Override
            TcpTransport transport(TcpTransport good) {
                Duration limit = which.apply(good.getDeadlines());
                if (limit != null) {
                    reactor.callLater(limit, good::abortConnection);
                }
                return good;
            }
        });
    }
}
