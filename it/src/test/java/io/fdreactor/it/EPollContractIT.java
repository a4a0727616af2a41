// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import io.fdreactor.epoll.EPollReactorProvider;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.posix.PosixReactorTck;

/** The contract, on epoll. */
class EPollContractIT extends PosixReactorTck {
    @Override
    protected ReactorProvider provider() {
        return new EPollReactorProvider();
    }
}
