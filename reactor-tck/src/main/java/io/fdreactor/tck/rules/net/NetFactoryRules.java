// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fdreactor.Capability;
import io.fdreactor.net.ClientFactory;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.Connector;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.Protocol;
import io.fdreactor.tck.context.NetFixtures;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** NET: when a factory is in use. */
public abstract class NetFactoryRules {
    private static final class Journal implements ClientFactory {
        final List<String> events = new ArrayList<>();
        private int retries;

        @Override
        public @Nullable Protocol buildProtocol(SocketAddress peer) {
            events.add("build");
            return null;
        }

        @Override
        public void startFactory() {
            events.add("start");
        }

        @Override
        public void stopFactory() {
            events.add("stop");
        }

        @Override
        public void clientConnectionFailed(Connector connector, ConnectFailed reason) {
            events.add("failed");
            if (retries-- > 0) {
                connector.connect();
            }
        }

        boolean hasHeard(String event) {
            return events.contains(event);
        }
    }

    @Rule("NET-20")
    @Requires(Capability.TCP)
    void aFactoryIsStartedForItsFirstPortAndStoppedWithItsLast(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Journal factory = new Journal();
            ListenOptions local = ListenOptions.DEFAULT.withBindAddress(NetFixtures.LOOPBACK);
            ListeningPort first = net.tcp().listenTCP(0, factory, local);
            ListeningPort second = net.tcp().listenTCP(0, factory, local);
            net.connect(second);
            tck.turnsUntil("a connection", () -> factory.hasHeard("build"));
            boolean[] stopped = {false};
            first.stopListening().thenRun(() -> stopped[0] = true);
            tck.turnsUntil("the first port is stopped", () -> stopped[0]);
            tck.turns(3);
            assertEquals(List.of("start", "build"), factory.events, "what the factory is told while a port uses it");
            second.stopListening();
            tck.turnsUntil("the factory is stopped with its last port", () -> factory.hasHeard("stop"));
            tck.turns(3);
            second.startListening();
            assertEquals(List.of("start", "build", "stop", "start"), factory.events, "what the factory is told");
        }
    }

    @Rule("NET-20")
    @Requires(Capability.TCP)
    void aFactoryIsInUseWhileItsConnectorGoesOn(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck)) {
            Journal factory = new Journal();
            factory.retries = 1;
            net.tcp().connectTCP(NetFixtures.LOOPBACK, net.deadPort(), factory);
            tck.turnsUntil("the factory is stopped when its connector gives up", () -> factory.hasHeard("stop"));
            tck.turns(3);
            assertEquals(List.of("start", "failed", "failed", "stop"), factory.events, "what the factory is told");
        }
    }
}
