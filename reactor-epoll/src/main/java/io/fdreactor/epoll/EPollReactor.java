// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.epoll;

import io.fdreactor.ReactorConfig;
import io.fdreactor.core.CoreReactor;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.PosixBackend;
import io.fdreactor.posix.libc.Libc;

/** The reactor over epoll(7). Twisted: {@code EPollReactor}. */
public final class EPollReactor extends CoreReactor {
    /**
     * Opens it for the calling thread.
     *
     * @throws io.fdreactor.ReactorException if system calls can't be made here or no descriptor is left
     */
    public EPollReactor(ReactorConfig config) {
        this(NativeAccess.libc(), config);
    }

    EPollReactor(Libc libc, ReactorConfig config) {
        super(
                PosixBackend.open(
                        EPollReactorProvider.ID,
                        EPollReactorProvider.CAPABILITIES,
                        libc,
                        () -> new EPollPoller(libc, EventLayout.here(), config.maxEventsPerTurn())),
                config);
    }
}
