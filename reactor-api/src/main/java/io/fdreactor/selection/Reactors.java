// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import io.fdreactor.DescriptorIO;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.ReactorException;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The entry point: opens a reactor on one of the available backends, and reports which one was chosen and why.
 *
 * <p><b>Which backend.</b> {@link #open()} uses the backend that the system property {@code fdreactor.backend} names,
 * else the one that the environment variable {@code FDREACTOR_BACKEND} names, else the available one with the highest
 * {@linkplain io.fdreactor.spi.ReactorProvider#priority priority}. {@link #open(String)} opens the backend that it is
 * given and ignores both. If a backend was asked for by name, no other one is opened.
 *
 * <p><b>Where they are found.</b> Backends are {@link java.util.ServiceLoader} providers. They are looked for through
 * the class loader of this class and the calling thread's context class loader, or through the class loader that is
 * given. A provider that can't be loaded does not affect the others; {@link #report()} says what is wrong with it.
 *
 * <p>All methods may be called from any thread. The reactor belongs to the thread that opened it until it is run.
 */
public final class Reactors {
    private Reactors() {}

    /**
     * Opens the backend that the property or the variable names, or else the best one.
     *
     * @return an open reactor that does not run yet
     * @throws NoReactor if no backend is available, or not the one that was named
     */
    public static Reactor open() {
        return open(ReactorConfig.DEFAULT);
    }

    /**
     * Does what {@link #open()} does, with a configuration.
     *
     * @param config the configuration, not null
     * @return an open reactor that does not run yet
     * @throws NoReactor as {@link #open()}
     */
    public static Reactor open(ReactorConfig config) {
        return open(Services.loadersFor(Reactors.class), Request.fromSurroundings(), config);
    }

    /**
     * Opens the backend with this id.
     *
     * @param id the backend's id, such as {@code "epoll"}
     * @return an open reactor that does not run yet
     * @throws NoReactor if that backend is not available
     */
    public static Reactor open(String id) {
        return open(id, ReactorConfig.DEFAULT);
    }

    /**
     * Does what {@link #open(String)} does, with a configuration.
     *
     * @param id the backend's id, such as {@code "epoll"}
     * @param config the configuration, not null
     * @return an open reactor that does not run yet
     * @throws NoReactor if that backend is not available
     */
    public static Reactor open(String id, ReactorConfig config) {
        return open(Services.loadersFor(Reactors.class), Request.byProgram(id), config);
    }

    /**
     * Does what {@link #open(ReactorConfig)} does, looking through this class loader only.
     *
     * @param config the configuration, not null
     * @param loader where to look for backends
     * @return an open reactor that does not run yet
     * @throws NoReactor as {@link #open()}
     */
    public static Reactor open(ReactorConfig config, ClassLoader loader) {
        return open(Set.of(loader), Request.fromSurroundings(), config);
    }

    /**
     * Does what {@link #open(String, ReactorConfig)} does, looking through this class loader only.
     *
     * @param id the backend's id, such as {@code "epoll"}
     * @param config the configuration, not null
     * @param loader where to look for backends
     * @return an open reactor that does not run yet
     * @throws NoReactor if that backend is not available
     */
    public static Reactor open(String id, ReactorConfig config, ClassLoader loader) {
        return open(Set.of(loader), Request.byProgram(id), config);
    }

    /**
     * Checks every backend without opening any: reports what {@link #open()} would do, and why. This may load native
     * libraries that {@link #open()} wouldn't have to load.
     *
     * @return the report
     */
    public static SelectionReport report() {
        return new Selection(Services.loadersFor(Reactors.class), Request.fromSurroundings()).report();
    }

    /**
     * Does what {@link #report()} does, looking through this class loader only.
     *
     * @param loader where to look for backends
     * @return the report
     */
    public static SelectionReport report(ClassLoader loader) {
        return new Selection(Set.of(loader), Request.fromSurroundings()).report();
    }

    /**
     * Makes the exception for implementations of {@link Reactor#require} to throw. It names the backends on the class path
     * that have the facet, without checking whether they are available.
     *
     * @param backend the id of the backend that does not support it
     * @param facet the facet's interface
     * @return the exception, to be thrown
     */
    public static ReactorException missingFacet(String backend, Class<?> facet) {
        List<String> others = new Discovery(Services.loadersFor(Reactors.class))
                .candidates().stream()
                        .filter(candidate -> candidate.hasFacet(facet))
                        .sorted(Comparator.comparing(ProviderCandidate::priority)
                                .reversed())
                        .map(ProviderCandidate::id)
                        .filter(id -> !id.equals(backend))
                        .toList();
        String advice = others.isEmpty()
                ? "none of the backends that are there has it; add the jar of one that has"
                        + (facet == DescriptorIO.class ? ": io.fdreactor:fdreactor-epoll" : "")
                : "open one that has it: " + String.join(", ", others) + " (Reactors.open(\"" + others.get(0)
                        + "\"), or -Dfdreactor.backend=" + others.get(0) + ")";
        return new ReactorException(
                "FDR-NO-FACET", "the backend [" + backend + "] has no [" + facet.getName() + "]; " + advice);
    }

    private static Reactor open(Set<ClassLoader> loaders, Request request, ReactorConfig config) {
        Objects.requireNonNull(config, "config");
        return new Selection(loaders, request).choose().provider().open(config);
    }
}
