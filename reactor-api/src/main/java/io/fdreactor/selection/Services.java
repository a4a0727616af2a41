// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import io.fdreactor.internal.Printable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The providers of a service: those that could be created, and what is wrong with the others. For libraries on top of
 * this API that are extended by jars: one bad jar does not affect the good ones, as it would with {@link ServiceLoader}
 * alone.
 *
 * @param <S> the service's type
 * @param providers the usable ones, one of each class, as ServiceLoader makes them, in its order
 * @param broken those that can't be loaded or created
 */
public record Services<S>(List<S> providers, List<Broken> broken) {
    /**
     * A provider that can't be used.
     *
     * @param provider its class; null if not even that is known
     * @param location the jar or directory that holds it; null if unknown
     * @param reason what is wrong, for the person who installed it
     * @param cause the exception
     */
    public record Broken(
            @Nullable String provider, @Nullable String location, String reason, Throwable cause) {
        /** {@code "com.acme.Parser in /lib/acme.jar: it needs …"}. */
        @Override
        public String toString() {
            String origin = provider == null ? "a provider" : provider;
            return Printable.text(origin + (location == null ? "" : " in " + location) + ": " + reason);
        }
    }

    /**
     * Creates a result with copies of both lists.
     *
     * @param providers the usable ones
     * @param broken those that can't be loaded or created
     */
    public Services {
        providers = List.copyOf(providers);
        broken = List.copyOf(broken);
    }

    /**
     * Looks for providers through the class loader of the service and then through the calling thread's context class
     * loader.
     *
     * @param <S> the service's type
     * @param service the service's interface or class
     * @param loading {@code loader -> ServiceLoader.load(Service.class, loader)}: it must be written by the caller,
     *     whose module declares that it uses the service
     * @return the providers, and the ones that can't be used
     */
    public static <S> Services<S> find(Class<S> service, Function<ClassLoader, ServiceLoader<S>> loading) {
        Search<S> search = new Search<>();
        for (ClassLoader loader : loadersFor(service)) {
            ServiceSearch.run(service, loader, loading.apply(loader), search);
        }
        return new Services<>(search.providers, search.broken);
    }

    /** In this order: what the service's own loader finds wins over what only the thread's finds. */
    static Set<ClassLoader> loadersFor(Class<?> service) {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        for (@Nullable
        ClassLoader loader : new @Nullable ClassLoader[] {
            service.getClassLoader(), Thread.currentThread().getContextClassLoader()
        }) {
            loaders.add(loader == null ? ClassLoader.getSystemClassLoader() : loader);
        }
        return loaders;
    }

    private static final class Search<S> implements ServiceSearch.Finds<S> {
        private final Set<String> known = new HashSet<>();
        private final List<S> providers = new ArrayList<>();
        private final List<Broken> broken = new ArrayList<>();

        @Override
        public void offered(ServiceLoader.Provider<S> offer) {
            String name = offer.type().getName();
            if (!known.add(name)) {
                return;
            }
            try {
                providers.add(offer.get());
            } catch (Throwable failure) {
                Diagnosis.rethrowIfFatal(failure);
                broken.add(broken(name, ClassFiles.locationOf(offer.type()), failure));
            }
        }

        @Override
        public void failed(@Nullable String className, @Nullable String location, Throwable failure) {
            Broken found = broken(className, location, failure);
            if (className == null ? isNew(found) : known.add(className)) {
                broken.add(found);
            }
        }

        /** Two loaders see the same jar, as a rule. */
        private boolean isNew(Broken found) {
            return broken.stream().noneMatch(other -> other.reason().equals(found.reason()));
        }

        private static Broken broken(@Nullable String className, @Nullable String location, Throwable failure) {
            return new Broken(className, location, Diagnosis.reason(failure), Diagnosis.rootOf(failure));
        }
    }
}
