// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All wrong providers are caught. */
@Tag("mutants")
class WrongProvidersIT {
    @TempDir
    private Path directory;

    static List<Mutant> mutants() {
        return WrongProviders.ALL;
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void areCaught(Mutant mutant) {
        Mutants.assertCaught(mutant);
    }

    @Test
    void aModuleThatDoesNotProvideWhatItListsIsCaught() throws Exception {
        Mutants.assertCaught(registered("module-forgotten", "has a service file and no provides", false, true)
                .fails("SPI-01", "what the module provides is what META-INF/services lists"));
    }

    @Test
    void aServiceFileThatDoesNotListWhatTheModuleProvidesIsCaught() throws Exception {
        Mutants.assertCaught(registered("service-file-forgotten", "has provides and no service file", true, false)
                .fails("SPI-01", "what the module provides is what META-INF/services lists"));
    }

    private Mutant registered(String name, String mistake, boolean provides, boolean lists) throws Exception {
        return new Mutant(
                name, mistake, ProviderJar.provider(directory, provides, lists), Trial.Numbers.class, Map.of());
    }

    @Test
    void whatIsNotWrongFailsNothing() {
        Mutants.assertPasses(
                new Mutant("control", "none", new GoodProvider(), Trial.Numbers.class, Map.of()),
                mutants().stream()
                        .filter(mutant -> !mutant.fails().containsKey("SPI-01"))
                        .toList());
    }

    @Test
    void whoIsUnavailableAndSaysWhyPasses() {
        Trial trial = Trial.of(new WrongProviders.Honest(), Trial.Numbers.class, "SPI-03,SPI-04");
        assertThat(trial.failures()).isEmpty();
        assertThat(trial.passed()).containsExactlyInAnyOrder("SPI-03", "SPI-04");
    }

    @Test
    void whoIsInBothRegistersPasses() throws Exception {
        Trial trial = Trial.of(ProviderJar.provider(directory, true, true), Trial.Numbers.class, "SPI-01");
        assertThat(trial.failures()).isEmpty();
        assertThat(trial.passed()).containsExactly("SPI-01", "SPI-01", "SPI-01");
    }
}
