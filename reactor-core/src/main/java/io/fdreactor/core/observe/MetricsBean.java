// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.observe;

import io.fdreactor.IReactorMetrics;
import io.fdreactor.ReactorException;

/** A reactor's place among the JVM's managed beans. From any thread. */
public interface MetricsBean {
    /**
     * Registers the counters under the reactor's name, or that and a number if another has it.
     *
     * @throws ReactorException if this JVM has no managed beans, or doesn't take this one
     */
    static MetricsBean register(String reactorName, IReactorMetrics metrics) {
        try {
            return ManagedCounters.register(reactorName, metrics);
        } catch (NoClassDefFoundError e) {
            throw new ReactorException(
                    "FDR-JMX-UNAVAILABLE",
                    "the reactor [" + reactorName
                            + "] can't be registered for JMX, for this JVM runs without the module"
                            + " java.management; add it (--add-modules java.management) or open the reactor without jmx",
                    e);
        }
    }

    /** Takes the bean back; a second time does nothing. Answers false: there is nothing that goes on for it. */
    boolean unregister();
}
