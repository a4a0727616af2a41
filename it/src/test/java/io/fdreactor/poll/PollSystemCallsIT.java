// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.poll;

import io.fdreactor.Reactor;
import io.fdreactor.ReactorConfig;
import io.fdreactor.it.SystemCallBudget;
import io.fdreactor.posix.libc.Libc;
import java.util.Set;

/** What the reactor over poll(2) asks of the kernel. */
class PollSystemCallsIT extends SystemCallBudget {
    @Override
    protected Reactor open(Libc calls) {
        return new PollReactor(calls, ReactorConfig.DEFAULT);
    }

    @Override
    protected Set<String> waits() {
        return Set.of("poll");
    }
}
