// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each wrong poller is caught. */
@Tag("mutants")
class WrongPollersIT {
    static List<Mutant> mutants() {
        return WrongPollers.ALL;
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isCaught(Mutant mutant) {
        Mutants.assertCaught(mutant);
    }
}
