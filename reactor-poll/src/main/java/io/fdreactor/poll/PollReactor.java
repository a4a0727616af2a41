// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.poll;

import io.fdreactor.ReactorConfig;
import io.fdreactor.core.CoreReactor;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.PosixBackend;
import io.fdreactor.posix.libc.Libc;

/** The reactor over poll(2). Twisted: {@code PollReactor}. */
public final class PollReactor extends CoreReactor {
    /**
     * Opens it for the calling thread.
     *
     * @throws io.fdreactor.ReactorException if system calls can't be made here or no descriptor is left
     */
    public PollReactor(ReactorConfig config) {
        this(NativeAccess.libc(), config);
    }

    PollReactor(Libc libc, ReactorConfig config) {
        super(
                PosixBackend.open(
                        PollReactorProvider.ID,
                        PollReactorProvider.CAPABILITIES,
                        libc,
                        () -> new PollPoller(libc, config.maxEventsPerTurn())),
                config);
    }
}
