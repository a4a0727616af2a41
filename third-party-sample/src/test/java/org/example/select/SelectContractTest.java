// SPDX-License-Identifier: Apache-2.0
package org.example.select;

import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.posix.PosixReactorTck;

/** The contract, on select2. */
class SelectContractTest extends PosixReactorTck {
    @Override
    protected ReactorProvider provider() {
        return new SelectProvider();
    }
}
