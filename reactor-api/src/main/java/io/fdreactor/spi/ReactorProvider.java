// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.spi;

import io.fdreactor.Capability;
import io.fdreactor.DescriptorIO;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.net.IReactorTCP;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * A backend, as ServiceLoader finds it: registered in {@code META-INF/services} (AutoService writes it) and in
 * the module's {@code provides}. May be used from any thread.
 *
 * <p>Making one, and {@link #id}, {@link #priority} and {@link #capabilities}, must be cheap and without side
 * effects; in particular they load no native code. That is for {@link #availability}.
 */
public interface ReactorProvider {
    /** The name users choose it by, such as {@code "epoll"}: lower-case letters, digits and hyphens; constant. */
    String id();

    /** The higher one wins where nobody chose; ours are epoll 300, poll 200, select 100. Constant. */
    int priority();

    /** What it promises beyond what every backend owes; constant. */
    Set<Capability> capabilities();

    /**
     * The facets that its reactors have besides those that {@link Reactor} extends: what {@link Reactor#facet} gives.
     * Constant. By default those that the {@link #capabilities} stand for.
     */
    default Set<Class<?>> facets() {
        Set<Class<?>> facets = new HashSet<>();
        if (capabilities().contains(Capability.DESCRIPTOR_IO)) {
            facets.add(DescriptorIO.class);
        }
        if (capabilities().contains(Capability.TCP)) {
            facets.add(IReactorTCP.class);
        }
        return Collections.unmodifiableSet(facets);
    }

    /**
     * Whether it can be used here. Tries for itself when first asked, and keeps the outcome, but for a failure that
     * passes, such as a lack of descriptors. Never throws.
     */
    Availability availability();

    /**
     * Opens a reactor that belongs to the calling thread until it is run.
     *
     * @throws io.fdreactor.ReactorException if this backend is unavailable, with the reason, or if the system
     *     has no more descriptors to give
     */
    Reactor open(ReactorConfig config);
}
