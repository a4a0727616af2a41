// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import com.google.common.net.InetAddresses;
import io.fdreactor.NameResolver;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.net.ClientFactory;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import io.fdreactor.net.IReactorTCP;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Wrong ways to a name's addresses: a resolver between the good facet and the one that was configured. */
final class WrongNames {
    static final List<Mutant> ALL = List.of(
            mutant("resolver-ignored", "asks the system all the same", (reactor, good) -> WrongNames::ofTheSystem)
                    .fails("NET-30", "the resolver is asked"),
            new Mutant(
                            "addresses-looked-up",
                            "has every host looked up",
                            new AddressAsking(),
                            Trial.Numbers.class,
                            Map.of())
                    .fails("NET-30", "the resolver is asked for no address"),
            mutant(
                            "names-as-written",
                            "passes names on as their users write them",
                            (reactor, good) -> host -> good.resolve(IDN.toUnicode(host)))
                    .fails("NET-30", "xn--bcher-kva.example"),
            mutant("asked-twice", "asks for the addresses of each family", (reactor, good) -> host -> {
                        good.resolve(host);
                        return good.resolve(host);
                    })
                    .fails("NET-30", "one question for one attempt"),
            mutant(
                            "empty-answer-awaited",
                            "waits for another answer when there is nothing in the first",
                            (reactor, good) -> host -> good.resolve(host)
                                    .thenCompose(found -> found != null && found.isEmpty()
                                            ? new CompletableFuture<>()
                                            : CompletableFuture.completedFuture(found)))
                    .fails("NET-30", "the attempt fails"),
            mutant(
                            "stages-wrapping-kept",
                            "takes what a stage throws for what it failed with",
                            (reactor, good) -> host -> good.resolve(host)
                                    .exceptionallyCompose(thrown -> CompletableFuture.failedFuture(
                                            new CompletionException(new CompletionException(thrown)))))
                    .fails("NET-30", "the resolver's reason is the cause"),
            mutant(
                            "throwing-resolver-waited-for",
                            "reports what a resolver throws, and tells nobody else",
                            (reactor, good) -> host -> {
                                try {
                                    return good.resolve(host);
                                } catch (RuntimeException e) {
                                    return new CompletableFuture<>();
                                }
                            })
                    .fails("NET-30", "the attempt fails"),
            mutant(
                            "dependent-cancelled",
                            "cancels a stage of its own instead of the resolver's",
                            (reactor, good) -> host -> good.resolve(host).thenApply(found -> found))
                    .fails("NET-31", "the resolver's stage is cancelled"),
            mutant("names-waited-for", "waits for the resolver in the thread pool", (reactor, good) -> host -> {
                        CompletionStage<List<InetAddress>> asked = good.resolve(host);
                        reactor.get().callInThread(() -> waitFor(asked, reactor.get()));
                        return asked;
                    })
                    .fails("NET-31", "a call in a thread while [20] names wait"),
            mutant(
                            "names-in-the-pool",
                            "asks for names in the thread pool",
                            (reactor, good) -> host -> CompletableFuture.completedFuture(host)
                                    .thenComposeAsync(good::resolve, reactor.get()::callInThread))
                    .fails("NET-31", "a connection by name while the thread pool is busy"),
            mutant(
                            "one-family-tried",
                            "takes the family of the first address for the only one that works",
                            (reactor, good) -> host -> good.resolve(host)
                                    .thenApply(found -> found.stream()
                                            .filter(each -> each.getClass()
                                                    == found.get(0).getClass())
                                            .toList()))
                    .fails("NET-32", "a connection to one of"),
            mutant(
                            "first-address-only",
                            "tries one address",
                            (reactor, good) -> host -> good.resolve(host).thenApply(found -> found.subList(0, 1)))
                    .fails("NET-32", "a connection to one of")
                    .fails("NET-33", "a message that names"),
            mutant(
                            "addresses-backwards",
                            "tries the last address first",
                            (reactor, good) -> host -> good.resolve(host).thenApply(WrongNames::backwards))
                    .fails("NET-32", "is the one that wins; seen:"),
            mutant("answers-kept", "asks for a name once in its life", (reactor, good) -> {
                        Map<String, CompletionStage<List<InetAddress>>> kept = new HashMap<>();
                        return host -> kept.computeIfAbsent(host, good::resolve);
                    })
                    .fails("NET-34", "the name is asked for by the second attempt"));

    private WrongNames() {}

    /** What stands between the facet and its resolver; the reactor is there when a name is. */
    @FunctionalInterface
    private interface Between {
        NameResolver of(Supplier<Reactor> reactor, NameResolver good);
    }

    private static Mutant mutant(String name, String mistake, Between between) {
        return new Mutant(name, mistake, new Asking(between), Trial.Numbers.class, Map.of());
    }

    private static CompletionStage<List<InetAddress>> ofTheSystem(String host) {
        try {
            return CompletableFuture.completedFuture(List.of(InetAddress.getAllByName(host)));
        } catch (UnknownHostException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static void waitFor(CompletionStage<?> stage, Reactor reactor) {
        while (!stage.toCompletableFuture().isDone() && reactor.isRunning()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static List<InetAddress> backwards(List<InetAddress> found) {
        List<InetAddress> turned = new ArrayList<>(found);
        Collections.reverse(turned);
        return turned;
    }

    /** Its reactors ask another resolver than the one that was configured. */
    private static class Asking extends GoodProvider {
        private final Between between;

        Asking(Between between) {
            this.between = between;
        }

        @Override
        public Reactor open(ReactorConfig config) {
            NameResolver good = config.nameResolver() == null ? WrongNames::ofTheSystem : config.nameResolver();
            Reactor[] opened = new Reactor[1];
            opened[0] = super.open(config.toBuilder()
                    .nameResolver(between.of(() -> opened[0], good))
                    .build());
            return opened[0];
        }
    }

    /** Its reactors ask for addresses, too, and then don't use the answer. */
    private static final class AddressAsking extends GoodProvider {
        @Override
        public Reactor open(ReactorConfig config) {
            NameResolver names = config.nameResolver() == null ? WrongNames::ofTheSystem : config.nameResolver();
            Reactor opened = super.open(config);
            Optional<IReactorTCP> asking = Optional.of(new ForwardingTcp(opened) {
                @Override
                public Connector connectTCP(String host, int port, ClientFactory factory, ConnectOptions options) {
                    if (InetAddresses.isInetAddress(host)) {
                        names.resolve(host);
                    }
                    return super.connectTCP(host, port, factory, options);
                }
            });
            return Otherwise.of(
                    Reactor.class,
                    opened,
                    Map.of(
                            "facet",
                            asked -> asked[0] == IReactorTCP.class ? asking : opened.facet((Class<?>) asked[0])));
        }
    }
}
