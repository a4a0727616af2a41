// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import io.fdreactor.Capability;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.spi.Availability;
import io.fdreactor.spi.ReactorProvider;
import java.util.Set;

/** A provider that the contract can make, too, in a process of its own; a mutant does one thing otherwise. */
public class GoodProvider implements ReactorProvider {
    private final AlteredProvider good;

    public GoodProvider() {
        this(AlteredProvider.epoll());
    }

    GoodProvider(AlteredProvider good) {
        this.good = good;
    }

    @Override
    public String id() {
        return good.id();
    }

    @Override
    public int priority() {
        return good.priority();
    }

    @Override
    public Set<Capability> capabilities() {
        return good.capabilities();
    }

    @Override
    public Availability availability() {
        return good.availability();
    }

    @Override
    public Reactor open(ReactorConfig config) {
        return good.open(config);
    }
}
