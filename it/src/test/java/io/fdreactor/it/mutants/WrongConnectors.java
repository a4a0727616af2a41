// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static io.fdreactor.it.mutants.ForwardingTcp.mutant;

import com.google.common.net.InetAddresses;
import io.fdreactor.net.ClientFactory;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import io.fdreactor.net.Factory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Wrong connectors, around the good facet of a reactor. */
final class WrongConnectors {
    static final List<Mutant> ALL = List.of(
            failures(
                            "failure-told-twice",
                            "tells of the error and of the attempt's end",
                            (connector, reason, teller) -> {
                                teller.told(connector, reason);
                                teller.told(connector, reason);
                            })
                    .fails("NET-02", "[started, failed Refused, failed Refused]"),
            failures("failure-kept", "tells nobody", (connector, reason, teller) -> {})
                    .fails("NET-02", "the attempt fails"),
            failures(
                            "failures-named-alike",
                            "has one exception for all failures",
                            (connector, reason, teller) ->
                                    teller.told(connector, new ConnectFailed(text(connector), reason)))
                    .fails("NET-02", "failed ConnectFailed"),
            failures(
                            "failure-without-cause",
                            "keeps the system's reason to itself",
                            (connector, reason, teller) -> teller.told(
                                    connector,
                                    reason instanceof ConnectFailed.Refused
                                            ? new ConnectFailed.Refused(text(connector), null)
                                            : reason))
                    .fails("NET-02", "the system's reason is the cause"),
            failures(
                            "not-ready-when-told",
                            "is ready to connect again after it has told",
                            (connector, reason, teller) -> {
                                boolean[] telling = {true};
                                Connector busy =
                                        Otherwise.of(Connector.class, connector, Map.of("connect", arguments -> {
                                            if (telling[0]) {
                                                throw new IllegalStateException("[" + connector + "] is connecting");
                                            }
                                            connector.connect();
                                            return null;
                                        }));
                                teller.told(busy, reason);
                                telling[0] = false;
                            })
                    .fails("NET-02", "an attempt after one that failed"),
            mutant("told-inside-the-call", "looks names up in connectTCP", reactor -> new ForwardingTcp(reactor) {
                        @Override
                        public Connector connectTCP(
                                String host, int port, ClientFactory factory, ConnectOptions options) {
                            Connector connector = super.connectTCP(host, port, factory, options);
                            try {
                                InetAddress.getByName(host);
                            } catch (UnknownHostException e) {
                                connector.stopConnecting();
                                factory.clientConnectionFailed(connector, new ConnectFailed.UnknownHost(host, e));
                            }
                            return connector;
                        }
                    })
                    .fails("NET-02", "nothing but startedConnecting inside connectTCP"),
            mutant("names-unknown", "takes addresses only", reactor -> new ForwardingTcp(reactor) {
                        @Override
                        public Connector connectTCP(
                                String host, int port, ClientFactory factory, ConnectOptions options) {
                            String literal = InetAddresses.isInetAddress(host) ? host : host + ".invalid";
                            return super.connectTCP(literal, port, factory, options);
                        }
                    })
                    .fails("NET-02", "localhost"),
            options("never-times-out", "passes the time-out over", options -> options.withTimeout(null))
                    .fails("NET-02", "the attempt fails"),
            options("client-bind-ignored", "connects from anywhere", options -> options.withBindAddress(null))
                    .fails("NET-02", "failed BindFailed")
                    .fails("NET-11", "client.getHost")
                    .fails("NET-32", "is the one that wins; seen:"),
            options(
                            "one-after-another",
                            "tries an address when the one before it has failed",
                            options -> options.withAttemptDelay(Duration.ofHours(1)))
                    .fails("NET-32", "a connection to one of"),
            options(
                            "all-at-once",
                            "gives nobody a head start",
                            options -> options.withAttemptDelay(Duration.ofMillis(10)))
                    .fails("NET-32", "[started, buildProtocol"),
            failures(
                            "last-reason-told",
                            "tells what the last address has said",
                            (connector, reason, teller) -> teller.told(
                                    connector,
                                    reason.getSuppressed().length == 0
                                            ? reason
                                            : (ConnectFailed)
                                                    reason.getSuppressed()[reason.getSuppressed().length - 1]))
                    .fails("NET-33", "a message that names [several.example]"),
            failures(
                            "reasons-forgotten",
                            "says that there are several reasons, and keeps the first",
                            (connector, reason, teller) -> teller.told(
                                    connector,
                                    reason instanceof ConnectFailed.Refused && reason.getSuppressed().length > 0
                                            ? new ConnectFailed.Refused(text(connector), reason.getCause())
                                            : reason))
                    .fails("NET-33", "the others' are suppressed"),
            failures(
                            "reasons-without-a-kind",
                            "has no class for several reasons",
                            (connector, reason, teller) -> teller.told(
                                    connector,
                                    reason.getSuppressed().length == 0
                                            ? reason
                                            : new ConnectFailed(text(connector), reason.getCause())))
                    .fails("NET-33", "failed ConnectFailed"),
            mutant(
                            "connect-twice-in-silence",
                            "passes over what can't be done now",
                            reactor -> new ForwardingTcp(reactor) {
                                @Override
                                public Connector connectTCP(
                                        String host, int port, ClientFactory factory, ConnectOptions options) {
                                    Connector good = super.connectTCP(host, port, factory, options);
                                    return Otherwise.of(Connector.class, good, Map.of("connect", arguments -> {
                                        try {
                                            good.connect();
                                        } catch (IllegalStateException e) {
                                            // It is connecting already.
                                        }
                                        return null;
                                    }));
                                }
                            })
                    .fails("NET-34", "IllegalStateException from connect before the name is asked for"),
            mutant(
                            "connectors-anew",
                            "shows its factory a new connector each time",
                            reactor -> new ForwardingTcp(reactor) {
                                @Override
                                Middleman newMiddleman(Factory factory) {
                                    return new Middleman(factory) {
                                        @Override
                                        public void startedConnecting(Connector connector) {
                                            super.startedConnecting(Otherwise.of(Connector.class, connector, Map.of()));
                                        }
                                    };
                                }
                            })
                    .fails("NET-34", "the same connector throughout"),
            mutant(
                            "time-out-left",
                            "doesn't cancel its timer when the attempt ends",
                            reactor -> new ForwardingTcp(reactor) {
                                @Override
                                public Connector connectTCP(
                                        String host, int port, ClientFactory factory, ConnectOptions options) {
                                    reactor.callLater(Duration.ofHours(1), () -> {});
                                    return super.connectTCP(host, port, factory, options);
                                }
                            })
                    .fails("NET-02", "no time-out is left behind"),
            mutant("stop-ignored", "goes on connecting", reactor -> new ForwardingTcp(reactor) {
                        @Override
                        public Connector connectTCP(
                                String host, int port, ClientFactory factory, ConnectOptions options) {
                            Connector good = super.connectTCP(host, port, factory, options);
                            return Otherwise.of(Connector.class, good, Map.of("stopConnecting", Otherwise.NOTHING));
                        }
                    })
                    .fails("NET-02", "the attempt ends"));

    private WrongConnectors() {}

    private static String text(Connector connector) {
        return connector.getDestination().toString();
    }

    /** A factory's ear. */
    @FunctionalInterface
    private interface Teller {
        void told(Connector connector, ConnectFailed reason);
    }

    /** How a failure gets from the good facet to the factory. */
    @FunctionalInterface
    private interface Way {
        void tell(Connector connector, ConnectFailed reason, Teller teller);
    }

    private static Mutant failures(String name, String mistake, Way way) {
        return mutant(name, mistake, reactor -> new ForwardingTcp(reactor) {
            @Override
            Middleman newMiddleman(Factory factory) {
                return new Middleman(factory) {
                    @Override
                    public void clientConnectionFailed(Connector connector, ConnectFailed reason) {
                        way.tell(connector, reason, super::clientConnectionFailed);
                    }
                };
            }
        });
    }

    private static Mutant options(String name, String mistake, UnaryOperator<ConnectOptions> change) {
        return mutant(name, mistake, reactor -> new ForwardingTcp(reactor) {
            @Override
            public Connector connectTCP(String host, int port, ClientFactory factory, ConnectOptions options) {
                return super.connectTCP(host, port, factory, change.apply(options));
            }
        });
    }
}
