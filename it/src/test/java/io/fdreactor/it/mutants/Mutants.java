// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the tests of the contract's tests have in common. */
final class Mutants {
    /** The rule's words in a failure's message, which the book says, and not what was seen. */
    private static final String QUOTED_RULE = "\nrule: .*\nlook at:\n(- .*\n)*";

    /**
     * Many mistakes show only if two things happen at about the same time, and on a machine that is busy elsewhere they
     * may not. So who escapes is tried again; who escapes so often has escaped.
     */
    private static final int TRIALS = 3;

    private Mutants() {}

    /** Tries a mutant on the rules that it is to fail, and asserts that it does, with the right words. */
    static void assertCaught(Mutant mutant) {
        assertTrue(!mutant.fails().isEmpty(), () -> "[" + mutant.name() + "] is expected to fail no rule");
        assumeTrue(
                Runtime.version().feature() >= mutant.firstJava(),
                () -> "[" + mutant.name() + "] is possible from Java " + mutant.firstJava() + " on");
        Map<String, String> open = new LinkedHashMap<>(mutant.fails());
        for (int trials = 1; ; trials++) {
            Trial trial = Trial.of(mutant.provider(), mutant.tck(), String.join(",", open.keySet()));
            Map<String, String> escapes = escapes(open, trial);
            if (escapes.isEmpty()) {
                return;
            }
            if (trials == TRIALS) {
                fail("[" + mutant.name() + "] (" + mutant.mistake() + ") " + String.join("\n", escapes.values()));
            }
            System.out.println("[" + mutant.name() + "] escaped once: " + escapes);
            open.keySet().retainAll(escapes.keySet());
        }
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

    /** By rule: what the trial has shown instead of what was to be said. */
    private static Map<String, String> escapes(Map<String, String> expected, Trial trial) {
        Map<String, String> escapes = new LinkedHashMap<>();
        expected.forEach((rule, part) -> {
            List<String> messages =
                    trial.failures().getOrDefault(rule, trial.forgiven().getOrDefault(rule, List.of()));
            if (messages.stream()
                    .map(message -> message.replaceFirst(QUOTED_RULE, "\n"))
                    .noneMatch(message -> message.startsWith(rule + ": ") && message.contains(part))) {
                escapes.put(
                        rule,
                        "must fail [" + rule + "], saying [" + part + "]; it "
                                + (messages.isEmpty() ? "passed" : "said\n" + String.join("\n", messages)));
            }
        });
        return escapes;
    }
}
