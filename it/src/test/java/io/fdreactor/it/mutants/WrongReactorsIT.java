// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import io.fdreactor.it.mutants.scratch.WrongReactors;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each wrong reactor is caught. */
@Tag("mutants")
class WrongReactorsIT {
    static List<Mutant> mutants() {
        return WrongReactors.ALL;
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isCaught(Mutant mutant) {
        Mutants.assertCaught(mutant);
    }
}
