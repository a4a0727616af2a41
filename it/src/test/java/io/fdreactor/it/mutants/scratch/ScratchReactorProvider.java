// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants.scratch;

import io.fdreactor.Capability;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.spi.Availability;
import io.fdreactor.spi.ReactorProvider;
import java.util.Set;

/** Opens the reactor from scratch. Public, as some rules make one in a process of its own. */
public class ScratchReactorProvider implements ReactorProvider {
    private final Parts parts;

    /** Of the good one. */
    public ScratchReactorProvider() {
        this(new Parts());
    }

    /** Of a wrong one. */
    ScratchReactorProvider(Parts parts) {
        this.parts = parts;
    }

    @Override
    public String id() {
        return ScratchReactor.ID;
    }

    /** Below those of ours: nobody who doesn't ask for it gets it. */
    @Override
    public int priority() {
        return 1;
    }

    @Override
    public Set<Capability> capabilities() {
        return ScratchReactor.CAPABILITIES;
    }

    @Override
    public Availability availability() {
        return Availability.available("java.nio");
    }

    @Override
    public Reactor open(ReactorConfig config) {
        return parts.open(config);
    }
}
