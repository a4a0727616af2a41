// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.Capability;
import io.fdreactor.IReactorMetrics;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReactorException;
import io.fdreactor.endpoints.Endpoints;
import io.fdreactor.group.AcceptMode;
import io.fdreactor.group.GroupPort;
import io.fdreactor.group.ReactorGroup;
import io.fdreactor.it.group.Caller.Teller;
import io.fdreactor.net.CannotListen;
import io.fdreactor.net.Factory;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.selection.Reactors;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One port, several reactors: who serves whom, and what can go wrong on the way to a port. */
class GroupListeningIT {
    private static final ListenOptions LOOPBACK = ListenOptions.DEFAULT.withBindAddress("127.0.0.1");
    private static final Function<Reactor, Factory> TELLERS = reactor -> peer -> new Teller();

    private static ReactorGroup open(int count, String backend) {
        return ReactorGroup.open(
                count, backend, ReactorConfig.builder().name("loop").build());
    }

    private static <T> T await(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static GroupPort listen(ReactorGroup group, AcceptMode acceptMode) throws Exception {
        return await(group.listenTCP(0, TELLERS, LOOPBACK, acceptMode));
    }

    /** So many connections, all open at a time and each tried, by the loop that serves them. */
    private static Map<String, Integer> shares(GroupPort port, int connections) throws IOException {
        Map<String, Integer> shares = new TreeMap<>();
        List<Caller> callers = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                Caller caller = new Caller(port);
                callers.add(caller);
                shares.merge(String.valueOf(caller.hear()), 1, Integer::sum);
            }
            for (Caller caller : callers) {
                assertThat(caller.say("hello")).isEqualTo("hello");
            }
        } finally {
            for (Caller caller : callers) {
                caller.close();
            }
        }
        return shares;
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "poll", "select"})
    void whatIsHandedOverIsSharedExactly(String backend) throws Exception {
        try (ReactorGroup group = open(3, backend)) {
            GroupPort port = listen(group, AcceptMode.HAND_OVER);
            assertThat(port.acceptMode()).isEqualTo(AcceptMode.HAND_OVER);
            assertThat(shares(port, 30))
                    .containsExactly(Map.entry("loop-0", 10), Map.entry("loop-1", 10), Map.entry("loop-2", 10));
            assertThat(group.reactors())
                    .extracting(each -> each.facet(IReactorMetrics.class)
                            .orElseThrow()
                            .counters()
                            .connectionsAccepted())
                    .containsExactly(10L, 10L, 10L);
        }
    }

    /** That none of 200 goes to one of two has a chance of 1 in 2 to the power of 200. */
    @ParameterizedTest
    @ValueSource(strings = {"epoll", "poll", "select"})
    void whoSharesThePortGetsSomeOfMany(String backend) throws Exception {
        try (ReactorGroup group = open(2, backend)) {
            GroupPort port = await(group.listenTCP(0, TELLERS, LOOPBACK));
            assertThat(port.acceptMode()).isEqualTo(AcceptMode.REUSE_PORT);
            assertThat(shares(port, 200)).containsOnlyKeys("loop-0", "loop-1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "epoll, REUSE_PORT", "poll, REUSE_PORT", "select, REUSE_PORT",
        "epoll, HAND_OVER", "poll, HAND_OVER", "select, HAND_OVER"
    })
    void aPortThatIsStoppedIsFreeAndWhoIsInStaysIn(String backend, AcceptMode acceptMode) throws Exception {
        try (ReactorGroup group = open(2, backend)) {
            GroupPort port = listen(group, acceptMode);
            try (Caller one = new Caller(port);
                    Caller two = new Caller(port)) {
                one.hear();
                two.hear();
                await(port.stopListening());
                await(port.stopListening());
                InetSocketAddress same = (InetSocketAddress) port.getHost();
                GroupPort again = await(group.listenTCP(same.getPort(), TELLERS, LOOPBACK, acceptMode));
                assertThat(again.getHost()).isEqualTo(same);
                await(again.stopListening());
                assertThatThrownBy(() -> new Caller(port).close()).isInstanceOf(IOException.class);
                assertThat(one.say("still here")).isEqualTo("still here");
                assertThat(two.say("me too")).isEqualTo("me too");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"REUSE_PORT", "HAND_OVER"})
    void aPortThatIsTakenIsSaidSo(AcceptMode acceptMode) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                ReactorGroup group = open(2, "epoll")) {
            assertThatThrownBy(() -> await(group.listenTCP(taken.getLocalPort(), TELLERS, LOOPBACK, acceptMode)))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(CannotListen.class);
            assertThat(shares(listen(group, acceptMode), 2)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"tcp:0, REUSE_PORT", "tcp:0:reusePort=yes, REUSE_PORT", "tcp:0:reusePort=no, HAND_OVER"})
    void anEndpointSaysHowTheyAccept(String endpoint, AcceptMode acceptMode) throws Exception {
        try (ReactorGroup group = open(2, "epoll")) {
            GroupPort port = await(Endpoints.serverFromString(group, endpoint + ":interface=127.0.0.1")
                    .listen(TELLERS));
            assertThat(port.acceptMode()).isEqualTo(acceptMode);
            assertThat(shares(port, 2)).isNotEmpty();
        }
    }

    @Test
    void aGroupOfOneDoesNotShareItsPort() throws Exception {
        try (ReactorGroup group = open(1, "epoll");
                ReactorGroup other = open(1, "epoll")) {
            GroupPort port = await(group.listenTCP(0, TELLERS, LOOPBACK));
            assertThatThrownBy(() -> await(other.listenTCP(Caller.portOf(port), TELLERS, LOOPBACK)))
                    .hasCauseInstanceOf(CannotListen.class);
            assertThat(shares(port, 3)).containsExactly(Map.entry("loop-0", 3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"REUSE_PORT", "HAND_OVER"})
    void ifOneReactorHasNoFactoryNobodyListens(AcceptMode acceptMode) throws Exception {
        Remains remains = new Remains();
        try (ReactorGroup group = open(2, "epoll")) {
            IllegalStateException reason = new IllegalStateException("no factory for the second");
            Remains running = new Remains();
            CompletionStage<GroupPort> failing = group.listenTCP(
                    0,
                    reactor -> {
                        if (reactor == group.reactors().get(1)) {
                            throw reason;
                        }
                        return peer -> new Teller();
                    },
                    LOOPBACK,
                    acceptMode);
            assertThatThrownBy(() -> await(failing)).hasCause(reason);
            running.assertNone("nothing more");
        }
        remains.assertNone("loop-");
    }

    @Test
    void aBackendThatCannotShareAPortHandsOverAndOneThatCanNeitherIsRefused() throws Exception {
        ReactorConfig config = ReactorConfig.builder().name("loop").build();
        try (ReactorGroup group = ReactorGroup.open(2, config, each -> lacking(Reactors.open("epoll", each), false))) {
            GroupPort port = await(group.listenTCP(0, TELLERS, LOOPBACK));
            assertThat(port.acceptMode()).isEqualTo(AcceptMode.HAND_OVER);
            assertThat(shares(port, 4)).containsExactly(Map.entry("loop-0", 2), Map.entry("loop-1", 2));
        }
        try (ReactorGroup group = ReactorGroup.open(2, config, each -> lacking(Reactors.open("epoll", each), true))) {
            assertThatThrownBy(() -> await(group.listenTCP(0, TELLERS, LOOPBACK)))
                    .hasCauseInstanceOf(ReactorException.class)
                    .hasMessageContaining("the backend [epoll] has no [IReactorHandOver]")
                    .hasMessageContaining("[FDR-NO-FACET]");
        }
    }

    /** The same reactor, which can't share ports. */
    private static Reactor lacking(Reactor good, boolean allFacets) {
        return (Reactor) Proxy.newProxyInstance(
                GroupListeningIT.class.getClassLoader(), new Class<?>[] {Reactor.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("capabilities")) {
                        return Set.of(Capability.TCP);
                    }
                    if (method.getName().equals("facet") && allFacets) {
                        return Optional.empty();
                    }
                    try {
                        return method.invoke(good, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Wherever they are when the group ends: waiting, on their way, or served. */
    @ParameterizedTest
    @ValueSource(strings = {"epoll", "poll", "select"})
    void connectionsThatComeWhileTheGroupEndsLeaveNothingBehind(String backend) throws Exception {
        open(2, backend).close();
        Remains remains = new Remains();
        for (int round = 0; round < 10; round++) {
            ReactorGroup group = open(2, backend);
            GroupPort port = listen(group, AcceptMode.HAND_OVER);
            CountDownLatch some = new CountDownLatch(5);
            Thread clients = new Thread(() -> {
                while (true) {
                    try (Caller caller = new Caller(port)) {
                        caller.hear();
                        some.countDown();
                    } catch (IOException e) {
                        return; // Nobody listens any more.
                    }
                }
            });
            clients.start();
            assertThat(some.await(60, TimeUnit.SECONDS)).isTrue();
            group.close();
            clients.join();
        }
        remains.assertNone("loop-");
    }
}
