// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.function.Executable;

/** What the tests of the contract's tests have in common. */
final class Mutants {
    /** The rule's words in a failure's message, which the book says, and not what was seen. */
    private static final String QUOTED_RULE = "\nrule: .*\nlook at:\n(- .*\n)*";

    private Mutants() {}

    /** Tries a mutant on the rules that it is to fail, and asserts that it does, with the right words. */
    static void assertCaught(Mutant mutant) {
        assertTrue(!mutant.fails().isEmpty(), () -> "[" + mutant.name() + "] is expected to fail no rule");
        Trial trial = Trial.of(
                mutant.provider(), mutant.tck(), String.join(",", mutant.fails().keySet()));
        assertAll(mutant.fails().entrySet().stream().map(rule -> said(mutant, trial, rule)));
    }

    /** Tries one without a mistake on the rules that its mutants fail: so it is the mistake that is caught. */
    static void assertPasses(Mutant control, List<Mutant> mutants) {
        String rules = mutants.stream()
                .flatMap(mutant -> mutant.fails().keySet().stream())
                .distinct()
                .collect(Collectors.joining(","));
        Trial trial = Trial.of(control.provider(), control.tck(), rules, Map.of("fdreactor.tck.timeoutSeconds", "30"));
        assertEquals(Map.of(), trial.failures());
        assertFalse(trial.passed().isEmpty(), "nothing was tried");
    }

    private static Executable said(Mutant mutant, Trial trial, Map.Entry<String, String> rule) {
        return () -> {
            List<String> messages = trial.failures().getOrDefault(rule.getKey(), List.of());
            if (messages.stream()
                    .map(message -> message.replaceFirst(QUOTED_RULE, "\n"))
                    .noneMatch(
                            message -> message.startsWith(rule.getKey() + ": ") && message.contains(rule.getValue()))) {
                fail("[" + mutant.name() + "] (" + mutant.mistake() + ") must fail [" + rule.getKey() + "], saying ["
                        + rule.getValue() + "]; it "
                        + (messages.isEmpty() ? "passed" : "said\n" + String.join("\n", messages)));
            }
        };
    }
}
