// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.epoll;

import io.fdreactor.Capability;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.core.Backend;
import io.fdreactor.core.CoreReactor;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.PosixBackend;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.spi.Availability;
import io.fdreactor.spi.ReactorProvider;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The epoll backend with another poller around its own, which only this package can reach. */
public abstract class EPolls implements ReactorProvider {
    @Override
    public String id() {
        return "mutant";
    }

    @Override
    public int priority() {
        return -1;
    }

    @Override
    public Set<Capability> capabilities() {
        return EPollReactorProvider.CAPABILITIES;
    }

    @Override
    public Availability availability() {
        return new EPollReactorProvider().availability();
    }

    /** Opens it; its poller is what this makes of epoll's. */
    protected final Reactor open(ReactorConfig config, UnaryOperator<Poller> around) {
        Libc libc = NativeAccess.libc();
        Backend backend = PosixBackend.open(
                id(),
                capabilities(),
                libc,
                () -> around.apply(new EPollPoller(libc, EventLayout.here(), config.maxEventsPerTurn())));
        return CoreReactor.open(backend, config);
    }
}
