// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.poll;

import io.fdreactor.Capability;
import io.fdreactor.ReactorConfig;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.posix.libc.Libc;
import java.io.IOException;
import java.util.Set;

/** What the poll backend is made of, which only this package can reach. */
public final class Polls {
    public static final Set<Capability> CAPABILITIES = PollReactorProvider.CAPABILITIES;

    private Polls() {}

    public static Poller poller(Libc libc, ReactorConfig config) throws IOException {
        return new PollPoller(libc, config.maxEventsPerTurn());
    }
}
