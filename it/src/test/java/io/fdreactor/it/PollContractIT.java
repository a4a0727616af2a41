// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import io.fdreactor.poll.PollReactorProvider;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.posix.PosixReactorTck;
import org.junit.jupiter.api.Tag;

/** The contract, on poll. */
@Tag("contract")
class PollContractIT extends PosixReactorTck {
    @Override
    protected ReactorProvider provider() {
        return new PollReactorProvider();
    }
}
