// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdreactor.Capability;
import io.fdreactor.net.ClientFactory;
import io.fdreactor.net.Connector;
import io.fdreactor.net.Deadlines;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.TcpTransport;
import io.fdreactor.tck.context.NetFixtures;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import java.lang.ref.WeakReference;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** NET: what is left of a connection. */
public abstract class NetMemoryRules {
    @Rule("NET-25")
    @Requires(Capability.TCP)
    void nobodyKeepsWhatIsLost(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            List<WeakReference<Object>> lost = new ArrayList<>();
            List<Connector> connectors = new ArrayList<>();
            ClientFactory factory = new ClientFactory() {
                @Override
                public Protocol buildProtocol(SocketAddress peer) {
                    return new Forgettable(lost);
                }

                @Override
                public void clientConnectionLost(Connector connector, Throwable reason) {
                    connectors.add(connector);
                }
            };
            ListeningPort port =
                    net.tcp().listenTCP(0, factory, ListenOptions.DEFAULT.withBindAddress(NetFixtures.LOOPBACK));
            net.tcp().connectTCP(NetFixtures.LOOPBACK, NetFixtures.portOf(port), factory);
            tck.turnsUntil("both sides end", () -> lost.size() == 4 && connectors.size() == 1);
            tck.turnsUntil("nobody keeps the protocols and transports of lost connections", () -> {
                System.gc();
                return lost.stream().allMatch(reference -> reference.get() == null);
            });
            assertEquals(
                    NetFixtures.portOf(port),
                    connectors.get(0).getDestination().getPort(),
                    "expected: the connector is still there");
        }
    }

    /** Has deadlines and a producer, and ends what it has written to. */
    private static final class Forgettable extends Protocol {
        private final List<WeakReference<Object>> lost;

        Forgettable(List<WeakReference<Object>> lost) {
            this.lost = lost;
        }

        @Override
        public void connectionMade() {
            TcpTransport transport = (TcpTransport) transport();
            transport.setDeadlines(Deadlines.NONE.withIdle(Duration.ofHours(1)));
            transport.registerProducer(transport, true);
            transport.write(new byte[100]);
            transport.loseConnection();
        }

        @Override
        public void connectionLost(Throwable reason) {
            lost.add(new WeakReference<>(this));
            lost.add(new WeakReference<>(transport()));
        }
    }
}
