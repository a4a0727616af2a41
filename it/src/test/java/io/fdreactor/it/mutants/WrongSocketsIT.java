// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All wrong sockets are caught. */
@Tag("mutants")
class WrongSocketsIT {
    static List<Mutant> mutants() {
        // Those that leak come first: files are counted as long as no test of the same JVM hangs.
        return Stream.of(LeakingSockets.ALL, WrongSockets.ALL, WrongStreams.ALL, WrongFiles.SOCKETS)
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
        Mutant control = ForwardingSockets.ofStreams("control", "none", ForwardingStream::new);
        Mutants.assertPasses(
                control,
                mutants().stream()
                        .filter(mutant -> mutant.provider() instanceof AlteredProvider)
                        .toList());
        Mutants.assertPasses(
                new Mutant("control", "none, in a process of its own", new GoodProvider(), control.tck(), Map.of()),
                mutants().stream()
                        .filter(mutant -> mutant.provider() instanceof GoodProvider)
                        .toList());
    }
}
