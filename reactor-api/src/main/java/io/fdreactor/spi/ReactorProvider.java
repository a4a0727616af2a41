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
 * A backend, as ServiceLoader finds it: registered in {@code META-INF/services} (AutoService writes it) and in the
 * module's {@code provides}. May be used from any thread.
 *
 * <p>Its constructor, {@link #id}, {@link #priority} and {@link #capabilities} must be cheap and without side effects;
 * in particular they must not load native code, which {@link #availability} may do.
 */
public interface ReactorProvider {
    /**
     * {@return the name by which users choose it, such as {@code "epoll"}: lower-case letters, digits and hyphens;
     * constant}
     */
    String id();

    /**
     * Returns the priority: the highest one is chosen if no backend was named. The project's own are epoll 300, poll
     * 200, select 100.
     *
     * @return the priority; constant
     */
    int priority();

    /** {@return what it supports beyond what every backend must support; constant, never null} */
    Set<Capability> capabilities();

    /**
     * Returns the facets that its reactors have besides those that {@link Reactor} extends: the ones that
     * {@link Reactor#facet} returns. By default those that the {@link #capabilities} imply.
     *
     * @return the facets' interfaces; constant, never null
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
     * Checks whether the backend can be used here. The result of the first check is kept, except for a passing failure
     * such as a lack of file descriptors. Never throws.
     *
     * @return the result, never null
     */
    Availability availability();

    /**
     * Opens a reactor that belongs to the calling thread until it is run.
     *
     * @param config the configuration, not null
     * @return an open reactor that does not run yet
     * @throws io.fdreactor.ReactorException if this backend is unavailable, with the reason, or if the system has no
     *     free file descriptors
     */
    Reactor open(ReactorConfig config);
}
