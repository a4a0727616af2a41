// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.group;

import io.fdreactor.Reactor;
import io.fdreactor.ReactorException;
import io.fdreactor.net.Factory;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import io.fdreactor.spi.ConnectionReceiver;
import io.fdreactor.spi.IReactorHandOver;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens what all members need to serve one port, one after the other and each on its own thread, and closes it in the
 * opposite order: a port before the receivers that it hands connections to. If one step fails, what was opened is
 * closed.
 */
final class Listening {
    /** What was opened on a member, and how to close it. */
    private record Opened(Member on, Callable<CompletionStage<Void>> stop) {}

    private final List<Member> members;
    private final Function<? super Reactor, ? extends Factory> factories;
    private final ListenOptions options;
    /** Touched by one step at a time. */
    private final Deque<Opened> opened = new ArrayDeque<>();

    Listening(List<Member> members, Function<? super Reactor, ? extends Factory> factories, ListenOptions options) {
        this.members = members;
        this.factories = factories;
        this.options = options;
    }

    /**
     *
     * @param acceptors supplies the member that accepts, if it is only one
     */
    CompletionStage<GroupPort> start(int port, AcceptMode acceptMode, Supplier<Member> acceptors) {
        CompletableFuture<SocketAddress> host = acceptMode == AcceptMode.REUSE_PORT || members.size() == 1
                ? listenOnEach(0, port)
                : receiveOnEach(0, new ArrayList<>())
                        .thenCompose(receivers -> accept(acceptors.get(), port, receivers));
        return host.<CompletionStage<GroupPort>>handle((address, failure) -> failure == null
                        ? CompletableFuture.completedStage(new Port(address, acceptMode))
                        : stop().thenCompose(stopped -> CompletableFuture.failedStage(failure)))
                .thenCompose(Function.identity());
    }

    /** The first one picks the port if that is left to the system. */
    private CompletableFuture<SocketAddress> listenOnEach(int index, int port) {
        Member member = members.get(index);
        ListenOptions each = members.size() == 1 ? options : options.withReusePort(true);
        return member.call(() -> {
                    Reactor reactor = member.reactor();
                    ListeningPort listening =
                            facet(reactor, IReactorTCP.class).listenTCP(port, factories.apply(reactor), each);
                    opened.add(new Opened(member, listening::stopListening));
                    return listening.getHost();
                })
                .thenCompose(host -> index + 1 == members.size()
                        ? CompletableFuture.completedFuture(host)
                        : listenOnEach(index + 1, ((InetSocketAddress) host).getPort()));
    }

    private CompletableFuture<List<ConnectionReceiver>> receiveOnEach(int index, List<ConnectionReceiver> receivers) {
        if (index == members.size()) {
            return CompletableFuture.completedFuture(receivers);
        }
        Member member = members.get(index);
        return member.call(() -> {
                    Reactor reactor = member.reactor();
                    ConnectionReceiver receiver =
                            facet(reactor, IReactorHandOver.class).receiveTCP(factories.apply(reactor));
                    receivers.add(receiver);
                    return opened.add(new Opened(member, () -> {
                        receiver.stopReceiving();
                        return CompletableFuture.completedStage(null);
                    }));
                })
                .thenCompose(received -> receiveOnEach(index + 1, receivers));
    }

    private CompletableFuture<SocketAddress> accept(Member acceptor, int port, List<ConnectionReceiver> receivers) {
        return acceptor.call(() -> {
            ListeningPort listening =
                    facet(acceptor.reactor(), IReactorHandOver.class).listenTCP(port, receivers, options);
            opened.add(new Opened(acceptor, listening::stopListening));
            return listening.getHost();
        });
    }

    private static <T> T facet(Reactor reactor, Class<T> facet) {
        return reactor.facet(facet)
                .orElseThrow(() -> new ReactorException(
                        "FDR-NO-FACET",
                        "the backend [" + reactor.backend() + "] has no [" + facet.getSimpleName()
                                + "], which a group needs to listen there: choose another backend, or one reactor"));
    }

    /** What can't be stopped has ended with its reactor. */
    private CompletionStage<@Nullable Void> stop() {
        Opened last = opened.pollLast();
        if (last == null) {
            return CompletableFuture.completedStage(null);
        }
        return last.on()
                .call(last.stop())
                .thenCompose(Function.identity())
                .handle((stopped, ended) -> null)
                .thenCompose(next -> stop());
    }

    private final class Port implements GroupPort {
        private final SocketAddress host;
        private final AcceptMode acceptMode;
        private @Nullable CompletionStage<@Nullable Void> stopped;

        Port(SocketAddress host, AcceptMode acceptMode) {
            this.host = host;
            this.acceptMode = acceptMode;
        }

        @Override
        public SocketAddress getHost() {
            return host;
        }

        @Override
        public AcceptMode acceptMode() {
            return acceptMode;
        }

        @Override
        public synchronized CompletionStage<@Nullable Void> stopListening() {
            CompletionStage<@Nullable Void> before = stopped;
            CompletionStage<@Nullable Void> now = before == null ? stop() : before;
            stopped = now;
            return now;
        }

        @Override
        public String toString() {
            return "port " + host + " of " + members.size() + " reactors";
        }
    }
}
