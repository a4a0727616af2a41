// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import io.fdreactor.it.mutants.scratch.WrongReactors;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Every mutant, and what they prove together: which rules have been seen to fail. */
final class Catalogue {
    /** Those that are wrong in the same part. */
    record Family(String title, List<Mutant> mutants) {}

    static final List<Family> FAMILIES = List.of(
            new Family("Pollers, under the core", WrongPollers.ALL),
            new Family("Sockets, under the core", WrongSocketsIT.mutants()),
            new Family("TCP, around a good one", WrongTransportsIT.mutants()),
            new Family("Reactors, from scratch", WrongReactors.ALL),
            new Family("Only schedules find them", WrongSchedules.ALL),
            new Family("Providers", WrongProviders.ALL));

    private Catalogue() {}

    static List<Mutant> all() {
        return FAMILIES.stream().flatMap(family -> family.mutants().stream()).toList();
    }

    /** The names of the mutants that fail a rule, by its id. */
    static Map<String, Collection<String>> byRule() {
        Map<String, Collection<String>> byRule = new TreeMap<>();
        for (Mutant mutant : all()) {
            for (String rule : mutant.fails().keySet()) {
                byRule.computeIfAbsent(rule, key -> new TreeSet<>()).add(mutant.name());
            }
        }
        return byRule;
    }

    /** Both lists, as the documentation has them. */
    static String asMarkdown(Collection<String> rules) {
        StringBuilder text = new StringBuilder();
        for (Family family : FAMILIES) {
            text.append("### ")
                    .append(family.title())
                    .append("\n\n| mutant | what it does | rules that fail |\n|---|---|---|\n");
            for (Mutant mutant : family.mutants()) {
                text.append("| ")
                        .append(mutant.name())
                        .append(" | ")
                        .append(mutant.mistake())
                        .append(" | ")
                        .append(String.join(", ", mutant.fails().keySet()))
                        .append(" |\n");
            }
            text.append('\n');
        }
        text.append("## By rule\n\n| rule | mutants |\n|---|---|\n");
        Map<String, Collection<String>> byRule = byRule();
        for (String rule : rules) {
            text.append("| ")
                    .append(rule)
                    .append(" | ")
                    .append(String.join(", ", byRule.getOrDefault(rule, List.of())))
                    .append(" |\n");
        }
        return text.toString();
    }
}
