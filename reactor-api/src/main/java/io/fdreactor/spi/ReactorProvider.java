// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.spi;

import io.fdreactor.Capability;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
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
     * Whether it can be used here. Tries for itself, once, and keeps the answer. Never throws.
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
