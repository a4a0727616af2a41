// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.fdreactor.Capability;
import io.fdreactor.net.ClientFactory;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.net.Protocol;
import io.fdreactor.tck.context.AnsweredNames;
import io.fdreactor.tck.context.NetFixtures;
import io.fdreactor.tck.context.Recorder;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** NET: to connect again. */
public abstract class NetReconnectRules {
    private static final String NAME = "again.example";
    private static final ConnectOptions PATIENT = ConnectOptions.DEFAULT.withTimeout(Duration.ofHours(1));

    /** Connects again whenever it is told of an end, until it has had enough. */
    private static final class Persistent implements ClientFactory {
        private final TckContext tck;
        private final List<String> events = new ArrayList<>();
        private @Nullable Connector only;
        private @Nullable Recorder latest;
        private boolean enough;

        Persistent(TckContext tck) {
            this.tck = tck;
        }

        private void told(String event, Connector connector) {
            events.add(event);
            tck.log("factory " + event);
            if (only == null) {
                only = connector;
            }
            assertSame(only, connector, "expected: the same connector throughout");
        }

        @Override
        public Protocol buildProtocol(SocketAddress peer) {
            events.add("buildProtocol");
            latest = new Recorder(tck, "client");
            return latest;
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
        public void startedConnecting(Connector connector) {
            told("connecting", connector);
        }

        @Override
        public void clientConnectionFailed(Connector connector, ConnectFailed reason) {
            told("failed " + reason.getClass().getSimpleName(), connector);
            again(connector);
        }

        @Override
        public void clientConnectionLost(Connector connector, Throwable reason) {
            told("lost " + reason.getClass().getSimpleName(), connector);
            again(connector);
        }

        private void again(Connector connector) {
            if (!enough) {
                connector.connect();
            }
        }

        boolean isMade() {
            return latest != null && latest.hasHeard("made");
        }

        void loseConnection() {
            Objects.requireNonNull(latest).call(transport -> transport.loseConnection());
        }
    }

    @Rule("NET-34")
    @Requires(Capability.TCP)
    void whoeverIsToldOfAnEndMayConnectAgain(TckContext tck) throws Exception {
        AnsweredNames names = new AnsweredNames();
        tck.reactor(config -> config.nameResolver(names));
        try (NetFixtures net = new NetFixtures(tck)) {
            ListeningPort port = net.listen(new Recorder(tck, "first"), new Recorder(tck, "second"));
            Persistent factory = new Persistent(tck);
            Connector connector = net.tcp().connectTCP(NAME, NetFixtures.portOf(port), factory, PATIENT);
            tck.turnsUntil("the name is asked for", () -> names.questions.size() == 1);
            names.latest().completeExceptionally(new UnknownHostException("not yet"));
            tck.turnsUntil("the name is asked for by the second attempt", () -> names.questions.size() == 2);
            names.latest().complete(List.of(InetAddress.getByName(NetFixtures.LOOPBACK)));
            tck.turnsUntil("the second attempt succeeds", factory::isMade);
            factory.loseConnection();
            tck.turnsUntil("the name is asked for by the third attempt", () -> names.questions.size() == 3);
            factory.enough = true;
            connector.stopConnecting();
            tck.turnsUntil("the factory is done with", () -> factory.events.contains("stop"));
            assertEquals(
                    List.of(
                            "start",
                            "connecting",
                            "failed UnknownHost",
                            "connecting",
                            "buildProtocol",
                            "lost ConnectionDone",
                            "connecting",
                            "failed Stopped",
                            "stop"),
                    factory.events);
            assertSame(connector, factory.only, "expected: the connector that connectTCP has answered with");
        }
    }

    @Rule("NET-34")
    @Requires(Capability.TCP)
    void whileAnAttemptOrAConnectionLastsThereIsNoOther(TckContext tck) throws Exception {
        AnsweredNames names = new AnsweredNames();
        tck.reactor(config -> config.nameResolver(names));
        try (NetFixtures net = new NetFixtures(tck)) {
            ListeningPort port = net.listen(new Recorder(tck, "server"));
            Recorder client = new Recorder(tck, "client");
            NetFixtures.Client factory = new NetFixtures.Client(tck, client);
            Connector connector = net.tcp().connectTCP(NAME, NetFixtures.portOf(port), factory, PATIENT);
            assertRefused(connector, "before the name is asked for");
            tck.turnsUntil("the name is asked for", () -> names.questions.size() == 1);
            assertRefused(connector, "while the name is asked for");
            names.latest().complete(List.of(InetAddress.getByName(NetFixtures.LOOPBACK)));
            tck.turnsUntil("the attempt succeeds", () -> client.hasHeard("made"));
            assertRefused(connector, "while there is a connection");
            assertThrows(
                    IllegalStateException.class,
                    connector::stopConnecting,
                    "expected: IllegalStateException from stopConnecting while there is a connection");
            tck.turns(5);
            assertEquals(List.of("started", "buildProtocol"), factory.events, "expected: that changes nothing");
            assertEquals(1, names.questions.size(), "expected: that asks nobody");
            client.assertTold("makeConnection", "made");
        }
    }

    private static void assertRefused(Connector connector, String when) {
        assertThrows(
                IllegalStateException.class,
                connector::connect,
                () -> "expected: IllegalStateException from connect " + when);
    }
}
