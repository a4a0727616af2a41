// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All wrong TCP facets are caught. */
@Tag("mutants")
class WrongTransportsIT {
    static List<Mutant> mutants() {
        return Stream.of(
                        WrongPorts.ALL,
                        WrongConnectors.ALL,
                        WrongNames.ALL,
                        WrongMessengers.ALL,
                        WrongTransports.ALL,
                        WrongLimits.ALL,
                        WrongFiles.TRANSPORTS)
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void areCaught(Mutant mutant) {
        Mutants.assertCaught(mutant);
    }

    @Test
    void whatIsNotWrongFailsNothing() {
        Mutants.assertPasses(ForwardingTcp.mutant("control", "none", ForwardingTcp::new), mutants());
    }
}
