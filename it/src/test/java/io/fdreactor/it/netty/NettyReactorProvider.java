// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.netty;

import io.fdreactor.Capability;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.spi.Availability;
import io.fdreactor.spi.ReactorProvider;
import java.util.Set;

/** Netty's NIO loop as a backend. It is never the best: nobody gets it who hasn't asked for it. */
public final class NettyReactorProvider implements ReactorProvider {
    static final String ID = "netty";
    static final Set<Capability> CAPABILITIES = Set.of(Capability.CHANNEL);

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Set<Capability> capabilities() {
        return CAPABILITIES;
    }

    @Override
    public Availability availability() {
        return Availability.available("ManualIoEventLoop over NioIoHandler");
    }

    @Override
    public Reactor open(ReactorConfig config) {
        return new NettyReactor(config);
    }
}
