// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import io.fdreactor.tck.contract.RuleBook;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each wrong poller is caught. */
@Tag("mutants")
class WrongPollersIT {
    /** They make a provider in a JVM of its own, which ours can't be. */
    private static final Set<String> NOT_FOR_ALTERED_PROVIDERS = Set.of("CORE-09", "SPI-01", "SPI-02");

    static List<Mutant> mutants() {
        return WrongPollers.ALL;
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void isCaught(Mutant mutant) {
        Mutants.assertCaught(mutant);
    }

    static List<Mutant> controls() {
        return List.of(
                WrongPollers.overEPoll("control", "none, over epoll", ForwardingPoller::new),
                WrongPollers.overPoll("control", "none, over poll", ForwardingPoller::new));
    }

    /** So it is the mistake that is caught, and not what is around it. */
    @ParameterizedTest
    @MethodSource("controls")
    void whatIsNotWrongFailsNothing(Mutant control) {
        Mutants.assertPasses(control, mutants());
    }

    /** For people: who fails what. */
    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    @EnabledIfSystemProperty(
            named = "fdreactor.mutants",
            matches = "full",
            disabledReason = "takes an hour; -Dfdreactor.mutants=full writes target/mutants-full.txt")
    void theWholeContractIsTriedOnEach() throws Exception {
        String rules = RuleBook.rules().keySet().stream()
                .filter(rule -> !NOT_FOR_ALTERED_PROVIDERS.contains(rule))
                .collect(Collectors.joining(","));
        try (PrintWriter matrix = new PrintWriter(
                Files.newBufferedWriter(Path.of(System.getProperty("project.build.directory"), "mutants-full.txt")))) {
            for (Mutant mutant : mutants()) {
                Trial trial = Trial.of(mutant.provider(), mutant.tck(), rules);
                matrix.println(mutant + " " + String.join(" ", trial.failures().keySet()));
                matrix.flush();
            }
        }
    }
}
