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
 * The front door: opens a reactor on one of the backends that are there, and says why it is that one.
 *
 * <p><b>Which one.</b> {@link #open()} takes the backend named by the system property {@code fdreactor.backend},
 * else the one named by the environment variable {@code FDREACTOR_BACKEND}, else the available one with the
 * highest {@linkplain io.fdreactor.spi.ReactorProvider#priority priority}. {@link #open(String)} takes the one
 * that it is given and looks at neither. A backend that was asked for by name is opened, or nothing is.
 *
 * <p><b>Where from.</b> Backends are {@link java.util.ServiceLoader} providers, looked for through the class
 * loader of this class and the calling thread's context class loader, or through the one that is given. A
 * provider that can't be loaded takes nothing away from the others; {@link #report()} tells what is wrong with it.
 *
 * <p>All methods may be called from any thread. The reactor belongs to the thread that opened it until it is run.
 */
public final class Reactors {
    private Reactors() {}

    /**
     * Opens the backend that the property or the variable names, or else the best.
     *
     * @throws NoReactorException if there is none, or not the one asked for
     */
    public static Reactor open() {
        return open(ReactorConfig.DEFAULT);
    }

    /** As {@link #open()}, configured. */
    public static Reactor open(ReactorConfig config) {
        return open(Services.loadersFor(Reactors.class), Request.fromSurroundings(), config);
    }

    /**
     * Opens the backend with this id.
     *
     * @param id such as {@code "epoll"}
     * @throws NoReactorException if it can't be had
     */
    public static Reactor open(String id) {
        return open(id, ReactorConfig.DEFAULT);
    }

    /** As {@link #open(String)}, configured. */
    public static Reactor open(String id, ReactorConfig config) {
        return open(Services.loadersFor(Reactors.class), Request.byProgram(id), config);
    }

    /** As {@link #open(ReactorConfig)}, looking through this class loader only. */
    public static Reactor open(ReactorConfig config, ClassLoader loader) {
        return open(Set.of(loader), Request.fromSurroundings(), config);
    }

    /** As {@link #open(String, ReactorConfig)}, looking through this class loader only. */
    public static Reactor open(String id, ReactorConfig config, ClassLoader loader) {
        return open(Set.of(loader), Request.byProgram(id), config);
    }

    /**
     * Tries every backend without opening any: what {@link #open()} would do, and why. This may load native
     * libraries that {@link #open()} wouldn't have to.
     */
    public static SelectionReport report() {
        return new Selection(Services.loadersFor(Reactors.class), Request.fromSurroundings()).report();
    }

    /** As {@link #report()}, looking through this class loader only. */
    public static SelectionReport report(ClassLoader loader) {
        return new Selection(Set.of(loader), Request.fromSurroundings()).report();
    }

    /**
     * For those who implement {@link Reactor#require}: the exception to throw, which names the backends on the path that have
     * the facet. Tries none of them.
     *
     * @param backend the one that hasn't got it
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
