// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.select;

import com.google.auto.service.AutoService;
import io.fdreactor.Capability;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.spi.Availability;
import io.fdreactor.spi.ReactorProvider;
import java.nio.channels.spi.SelectorProvider;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The backend {@code select}. */
@AutoService(ReactorProvider.class)
public final class SelectReactorProvider implements ReactorProvider {
    static final String ID = "select";
    static final Set<Capability> CAPABILITIES = capabilitiesOn(System.getProperty("os.name"));

    /** For ServiceLoader. */
    public SelectReactorProvider() {}

    /**
     * SO_REUSEPORT is there on every system that Java 17 runs on but Windows; to ask the JVM would take a socket.
     *
     * <p>No DETECTS_CLOSE: a Selector notices a closed channel before it waits, and keeps it to itself until it
     * has waited.
     */
    static Set<Capability> capabilitiesOn(String osName) {
        Set<Capability> capabilities = EnumSet.of(Capability.CHANNEL, Capability.TCP);
        if (!osName.startsWith("Windows")) {
            capabilities.add(Capability.REUSE_PORT);
        }
        return Collections.unmodifiableSet(capabilities);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Availability availability() {
        return Attempt.OUTCOME;
    }

    @Override
    public Reactor open(ReactorConfig config) {
        availability().require(ID);
        return new SelectReactor(config);
    }

    /** Made when first asked for, and once. */
    private static final class Attempt {
        static final Availability OUTCOME = make();

        private static Availability make() {
            try {
                return Availability.available(
                        "java.nio: " + SelectorProvider.provider().getClass().getName());
            } catch (Throwable thrown) {
                // Only a provider that somebody else has put in the JVM's place can fail.
                return Availability.unavailable(
                        "java.nio has no selectors: mend or drop -Djava.nio.channels.spi.SelectorProvider (" + thrown
                                + ")",
                        thrown);
            }
        }
    }
}
