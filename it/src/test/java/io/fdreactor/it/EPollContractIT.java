// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import io.fdreactor.epoll.EPollReactorProvider;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.posix.PosixReactorTck;
import org.junit.jupiter.api.Tag;

/** The contract, on epoll. */
@Tag("contract")
class EPollContractIT extends PosixReactorTck {
    @Override
    protected ReactorProvider provider() {
        return new EPollReactorProvider();
    }
}
