// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Searches what a class loader offers for a service, whatever state it is in.
 *
 * <p>One bad jar does not affect the others. ServiceLoader throws at the first one, and not only its own
 * {@link java.util.ServiceConfigurationError}: a class compiled for a newer Java, or one whose superclass is missing,
 * causes a plain {@link LinkageError}. The next call continues with the next provider. Therefore this class iterates by
 * hand, and keeps what a step throws until it is known which provider it belongs to.
 */
final class ServiceSearch<S> {
    /** A class loader that fails for ever isn't listened to for ever. */
    private static final int MOST_STEPS = 1_000;

    /** Is notified of each provider. */
    interface Finds<S> {
        /**
         * There is a provider of this class; creating it may still fail. An exception that this method throws counts as
         * a failure of the provider.
         */
        void offered(ServiceLoader.Provider<S> offer);

        /**
         * A provider can't be loaded.
         *
         * @param className null if it isn't known whose failure this is
         * @param location the jar or directory that holds it; null if unknown
         */
        void failed(@Nullable String className, @Nullable String location, Throwable failure);
    }

    private final Class<S> service;
    private final ClassLoader loader;
    private final Set<String> loaded = new HashSet<>();
    private final List<Throwable> failures = new ArrayList<>();

    private ServiceSearch(Class<S> service, ClassLoader loader) {
        this.service = service;
        this.loader = loader;
    }

    /**
     * @param offers made by the module that uses the service, of this class loader
     */
    static <S> void run(Class<S> service, ClassLoader loader, ServiceLoader<S> offers, Finds<S> finds) {
        ServiceSearch<S> search = new ServiceSearch<>(service, loader);
        search.step(offers.stream().iterator(), finds);
        search.tellFailures(finds);
    }

    private void step(Iterator<ServiceLoader.Provider<S>> offers, Finds<S> finds) {
        for (int step = 0; step < MOST_STEPS; step++) {
            try {
                if (!offers.hasNext()) {
                    break;
                }
                ServiceLoader.Provider<S> offer = offers.next();
                loaded.add(offer.type().getName());
                finds.offered(offer);
            } catch (Throwable failure) {
                Diagnosis.rethrowIfFatal(failure);
                failures.add(failure);
            }
        }
    }

    private void tellFailures(Finds<S> finds) {
        Map<String, String> named = ServiceFiles.read(service, loader);
        named.keySet().removeAll(loaded);
        named.forEach((name, servicePlace) -> claim(name).ifPresent(failure -> {
            failures.remove(failure);
            Set<String> places = ClassFiles.locations(ClassFiles.nameOf(name), List.of(loader));
            finds.failed(name, places.stream().findFirst().orElse(servicePlace), failure);
        }));
        failures.forEach(failure -> finds.failed(null, null, failure));
    }

    /** The failure that is this class's: the one that mentions it, or else the one that loading it again repeats. */
    private Optional<Throwable> claim(String className) {
        Pattern word = Pattern.compile("(?<![\\w.$])" + Pattern.quote(className) + "(?![\\w$])");
        Optional<Throwable> mentioning = failures.stream()
                .filter(failure -> word.matcher(
                                String.valueOf(failure.getMessage()).replace('/', '.'))
                        .find())
                .findFirst();
        return mentioning.or(() -> failureToLoad(className)
                .flatMap(again -> failures.stream()
                        .filter(failure -> isSame(Diagnosis.rootOf(failure), again))
                        .findFirst()));
    }

    private Optional<Throwable> failureToLoad(String className) {
        try {
            Class.forName(className, false, loader);
            return Optional.empty();
        } catch (Throwable failure) {
            Diagnosis.rethrowIfFatal(failure);
            return Optional.of(failure);
        }
    }

    private static boolean isSame(Throwable one, Throwable other) {
        return one.getClass() == other.getClass() && Objects.equals(one.getMessage(), other.getMessage());
    }
}
