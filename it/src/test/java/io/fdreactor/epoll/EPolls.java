// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.epoll;

import io.fdreactor.Capability;
import io.fdreactor.ReactorConfig;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.posix.libc.Libc;
import java.io.IOException;
import java.util.Set;

/** What the epoll backend is made of, which only this package can reach. */
public final class EPolls {
    public static final Set<Capability> CAPABILITIES = EPollReactorProvider.CAPABILITIES;

    private EPolls() {}

    public static Poller poller(Libc libc, ReactorConfig config) throws IOException {
        return new EPollPoller(libc, EventLayout.here(), config.maxEventsPerTurn());
    }
}
