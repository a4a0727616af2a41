// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import io.fdreactor.it.mutants.scratch.ScratchReactorProvider;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.ReactorTck;
import org.junit.jupiter.api.Tag;

/** The contract, on a reactor that has nothing of our core: it can be kept without. */
@Tag("contract")
class ScratchContractIT extends ReactorTck {
    @Override
    protected ReactorProvider provider() {
        return new ScratchReactorProvider();
    }
}
