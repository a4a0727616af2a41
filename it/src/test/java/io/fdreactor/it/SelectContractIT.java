// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import io.fdreactor.select.SelectReactorProvider;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.ReactorTck;
import org.junit.jupiter.api.Tag;

/** The contract, on select. */
@Tag("contract")
class SelectContractIT extends ReactorTck {
    @Override
    protected ReactorProvider provider() {
        return new SelectReactorProvider();
    }
}
