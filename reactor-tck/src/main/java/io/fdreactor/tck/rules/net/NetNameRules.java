// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.Capability;
import io.fdreactor.Reactor;
import io.fdreactor.net.ConnectFailed;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.tck.context.AnsweredNames;
import io.fdreactor.tck.context.NetFixtures;
import io.fdreactor.tck.context.Recorder;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** NET: names, and who is asked for their addresses. */
public abstract class NetNameRules {
    private static final String NAME = "somewhere.example";
    private static final String LOCAL_NAME = "localhost";
    private static final int MANY = 20;
    private static final ConnectOptions PATIENT = ConnectOptions.DEFAULT.withTimeout(Duration.ofHours(1));

    @Rule("NET-30")
    @Requires(Capability.TCP)
    void theConfiguredResolverIsAskedOnTheReactorsThreadAndItsAnswerUsed(TckContext tck) throws Exception {
        AnsweredNames names = new AnsweredNames();
        tck.reactor(config -> config.nameResolver(names));
        try (NetFixtures net = new NetFixtures(tck)) {
            ListeningPort port = net.listen(new Recorder(tck, "server"));
            Recorder client = new Recorder(tck, "client");
            NetFixtures.Client factory = new NetFixtures.Client(tck, client);
            Connector connector = net.tcp().connectTCP(NAME, NetFixtures.portOf(port), factory, PATIENT);
            assertEquals(List.of(), names.asked(), "expected: nobody is asked inside connectTCP");
            tck.turnsUntil("the resolver is asked", () -> !names.questions.isEmpty());
            assertSame(Thread.currentThread(), names.latest().asker, "expected: it is asked on the reactor's thread");
            tck.turns(3);
            assertEquals(List.of("started"), factory.events);
            // From a thread of the resolver's, while the reactor sleeps.
            tck.start("resolver", () -> names.latest().complete(List.of(InetAddress.getByName(NetFixtures.LOOPBACK))));
            tck.turnsUntil("a connection to where the name is", () -> client.hasHeard("made"));
            assertEquals(List.of(NAME), names.asked(), "expected: one question for one attempt");
            assertEquals(port.getHost(), client.tcp().getPeer());
            assertEquals(
                    InetSocketAddress.createUnresolved(NAME, NetFixtures.portOf(port)), connector.getDestination());
        }
    }

    @Rule("NET-30")
    @Requires(Capability.TCP)
    void anAddressAsksNobody(TckContext tck) throws Exception {
        AnsweredNames names = new AnsweredNames();
        tck.reactor(config -> config.nameResolver(names));
        try (NetFixtures net = new NetFixtures(tck)) {
            for (String address : List.of(NetFixtures.LOOPBACK, "::1", "fe80::1%1")) {
                NetFixtures.Client factory = new NetFixtures.Client(tck, null);
                Connector connector = net.tcp().connectTCP(address, net.deadPort(), factory, PATIENT);
                tck.turns(3);
                connector.disconnect();
                tck.turnsUntil("the attempt ends", () -> factory.failure != null);
            }
            assertEquals(List.of(), names.asked(), "expected: the resolver is asked for no address");
        }
    }

    @Rule("NET-30")
    @Requires(Capability.TCP)
    void aNameBeyondAsciiIsAskedForInItsAsciiForm(TckContext tck) throws Exception {
        AnsweredNames names = new AnsweredNames();
        tck.reactor(config -> config.nameResolver(names));
        try (NetFixtures net = new NetFixtures(tck)) {
            net.tcp().connectTCP("b\u00fccher.example", 9, new NetFixtures.Client(tck, null), PATIENT);
            tck.turnsUntil("the resolver is asked", () -> !names.questions.isEmpty());
            assertEquals(List.of("xn--bcher-kva.example"), names.asked());
        }
    }

    @Rule("NET-30")
    @Requires(Capability.TCP)
    void aFailureOfTheResolversIsTheCause(TckContext tck) throws Exception {
        UnknownHostException reason = new UnknownHostException("never heard of it");
        ConnectFailed failure =
                assertUnknown(tck, new AnsweredNames(), question -> question.completeExceptionally(reason));
        assertSame(reason, failure.getCause(), "expected: the resolver's reason is the cause");
    }

    @Rule("NET-30")
    @Requires(Capability.TCP)
    void aFailureThatAStageHasWrappedIsUnwrapped(TckContext tck) throws Exception {
        UnknownHostException reason = new UnknownHostException("never heard of it");
        ConnectFailed failure = assertUnknown(
                tck, new AnsweredNames(), question -> question.completeExceptionally(new CompletionException(reason)));
        assertSame(reason, failure.getCause(), "expected: the resolver's reason is the cause");
    }

    @Rule("NET-30")
    @Requires(Capability.TCP)
    void anAnswerWithoutAddressesIsAFailure(TckContext tck) throws Exception {
        assertUnknown(tck, new AnsweredNames(), question -> question.complete(List.of()));
    }

    @Rule("NET-30")
    @Requires(Capability.TCP)
    void anAnswerThatIsNullOrHoldsNullIsAFailure(TckContext tck) throws Exception {
        AnsweredNames names = new AnsweredNames();
        assertUnknown(tck, names, question -> question.complete(null));
        assertUnknown(tck, names, question -> question.complete(Collections.singletonList(null)));
    }

    @Rule("NET-30")
    @Requires(Capability.TCP)
    void aResolverThatThrowsIsReportedAndTheAttemptFails(TckContext tck) throws Exception {
        RuntimeException mistake = new IllegalStateException("oops");
        tck.reactor(config -> config.nameResolver(host -> {
            throw mistake;
        }));
        try (NetFixtures net = new NetFixtures(tck)) {
            NetFixtures.Client factory = new NetFixtures.Client(tck, null);
            net.tcp().connectTCP(NAME, 9, factory, PATIENT);
            tck.turnsUntil("the attempt fails", () -> factory.failure != null);
            assertEquals(List.of("started", "failed UnknownHost"), factory.events);
            assertEquals(
                    List.of(mistake),
                    tck.takeHandled().stream().map(TckContext.Handled::thrown).toList());
        }
    }

    private static ConnectFailed assertUnknown(
            TckContext tck, AnsweredNames names, Consumer<AnsweredNames.Question> resolver) throws Exception {
        tck.reactor(config -> config.nameResolver(names));
        try (NetFixtures net = new NetFixtures(tck)) {
            NetFixtures.Client factory = new NetFixtures.Client(tck, null);
            net.tcp().connectTCP(NAME, 9, factory, PATIENT);
            tck.turns(3);
            resolver.accept(names.latest());
            tck.turnsUntil("the attempt fails", () -> factory.failure != null);
            assertEquals(List.of("started", "failed UnknownHost"), factory.events);
            ConnectFailed failure = factory.failure();
            assertTrue(
                    String.valueOf(failure.getMessage()).contains("[" + NAME + "]"),
                    () -> "expected: a message with the name; seen: " + failure);
            assertNotNull(failure.getCause(), "expected: a cause");
            assertEquals(List.of(), tck.reactor().getDelayedCalls(), "expected: no time-out is left behind");
            return failure;
        }
    }

    @Rule("NET-31")
    @Requires(Capability.TCP)
    void whoStopsConnectingCallsTheLookUpOff(TckContext tck) throws Exception {
        assertCalledOff(tck, PATIENT, Connector::stopConnecting, "Stopped");
    }

    @Rule("NET-31")
    @Requires(Capability.TCP)
    void theTimeOutCallsTheLookUpOff(TckContext tck) throws Exception {
        assertCalledOff(tck, PATIENT.withTimeout(Duration.ofMillis(20)), connector -> {}, "TimedOut");
    }

    @Rule("NET-31")
    @Requires(Capability.TCP)
    void theEndOfTheReactorCallsTheLookUpOff(TckContext tck) throws Exception {
        AnsweredNames names = new AnsweredNames();
        tck.reactor(config -> config.nameResolver(names));
        try (NetFixtures net = new NetFixtures(tck)) {
            NetFixtures.Client factory = new NetFixtures.Client(tck, null);
            net.tcp().connectTCP(NAME, 9, factory, PATIENT);
            tck.turnsUntil("the resolver is asked", () -> !names.questions.isEmpty());
            tck.reactor().stop();
            tck.turnsToTheEnd();
            assertEquals(List.of("started", "failed Stopped"), factory.events);
            assertTrue(names.latest().isCalledOff(), "expected: the resolver's stage is cancelled");
            names.latest().complete(List.of(InetAddress.getByName(NetFixtures.LOOPBACK)));
        }
    }

    private static void assertCalledOff(TckContext tck, ConnectOptions options, Consumer<Connector> end, String failure)
            throws Exception {
        AnsweredNames names = new AnsweredNames();
        tck.reactor(config -> config.nameResolver(names));
        try (NetFixtures net = new NetFixtures(tck)) {
            ServerSocketChannel server = net.server(2);
            NetFixtures.Client factory = new NetFixtures.Client(tck, new Recorder(tck, "client"));
            Connector connector = net.tcp().connectTCP(NAME, NetFixtures.portOf(server), factory, options);
            tck.turnsUntil("the resolver is asked", () -> !names.questions.isEmpty());
            end.accept(connector);
            tck.turnsUntil("the attempt ends", () -> !factory.events.equals(List.of("started")));
            assertTrue(names.latest().isCalledOff(), "expected: the resolver's stage is cancelled");
            names.latest().complete(List.of(InetAddress.getByName(NetFixtures.LOOPBACK)));
            tck.turns(5);
            assertEquals(List.of("started", "failed " + failure), factory.events, "expected: it ends once");
            net.assertNobodyHasComeTo(server);
        }
    }

    @Rule("NET-31")
    @Requires(Capability.TCP)
    void namesThatNobodyAnswersForHoldUpNoThread(TckContext tck) throws Exception {
        AnsweredNames names = new AnsweredNames();
        Reactor reactor = tck.reactor(config -> config.nameResolver(names).threadPoolSize(1));
        try (NetFixtures net = new NetFixtures(tck)) {
            for (int i = 0; i < MANY; i++) {
                net.tcp().connectTCP(i + "." + NAME, 9, new NetFixtures.Client(tck, null), PATIENT);
            }
            tck.turnsUntil("the resolver is asked for each", () -> names.questions.size() == MANY);
            CountDownLatch called = new CountDownLatch(1);
            reactor.callInThread(called::countDown);
            tck.turnsUntil("a call in a thread while [" + MANY + "] names wait", () -> called.getCount() == 0);
        }
    }

    @Rule("NET-31")
    @Requires(Capability.TCP)
    void callsInThreadsHoldUpNoName(TckContext tck) throws Exception {
        InetAddress known = NetFixtures.addressOf(LOCAL_NAME);
        Reactor reactor = tck.reactor(config -> config.threadPoolSize(1));
        CountDownLatch connected = new CountDownLatch(1);
        reactor.callInThread(() -> {
            try {
                connected.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (NetFixtures net = new NetFixtures(tck)) {
            ServerSocketChannel server = net.server(new InetSocketAddress(known, 0), 2);
            Recorder client = new Recorder(tck, "client");
            net.tcp().connectTCP(LOCAL_NAME, NetFixtures.portOf(server), new NetFixtures.Client(tck, client), PATIENT);
            tck.turnsUntil("a connection by name while the thread pool is busy", () -> client.hasHeard("made"));
        } finally {
            connected.countDown();
        }
    }
}
