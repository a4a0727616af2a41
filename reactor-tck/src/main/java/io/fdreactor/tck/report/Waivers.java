// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.report;

import io.fdreactor.tck.contract.RuleIndex;
import io.fdreactor.tck.contract.Waive;
import io.fdreactor.tck.report.TckReport.Waiver;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The waivers of one contract run, checked, by rule. */
public final class Waivers {
    /**
     * Waivers for a contract class that can't be annotated, such as the command line's: lines of
     * {@code RULE=reason}, as of today.
     */
    public static final String PARAMETER = "fdreactor.tck.waive";

    private final Map<String, Waiver> byRule = new HashMap<>();
    private final RuleIndex index;

    private Waivers(RuleIndex index) {
        this.index = index;
    }

    /** @throws IllegalArgumentException if one of them isn't right */
    public static Waivers of(Class<?> tck, @Nullable String parameter, RuleIndex index) {
        Waivers waivers = new Waivers(index);
        for (Waive waive : tck.getDeclaredAnnotationsByType(Waive.class)) {
            waivers.add(waive.rule(), waive.reason(), date(waive));
        }
        if (parameter != null) {
            parameter.lines().forEach(waivers::add);
        }
        return waivers;
    }

    private void add(String line) {
        String[] parts = line.split("=", 2);
        add(parts[0].strip(), parts.length == 1 ? "" : parts[1].strip(), LocalDate.now());
    }

    @Nullable
    public Waiver of(String rule) {
        return byRule.get(rule);
    }

    private void add(String rule, String reason, LocalDate since) {
        if (!index.has(rule)) {
            throw new IllegalArgumentException(
                    "the waiver of [" + rule + "] is for no rule: write an id, as in RULES.md");
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("the waiver of [" + rule + "] has no reason: say why it is accepted");
        }
        if (byRule.put(rule, new Waiver(reason, since)) != null) {
            throw new IllegalArgumentException("[" + rule + "] is waived twice: leave one waiver");
        }
    }

    private static LocalDate date(Waive waive) {
        try {
            return LocalDate.parse(waive.since());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "the waiver of [" + waive.rule() + "] is since [" + waive.since()
                            + "], which is no date: write it as in 2026-11-22",
                    e);
        }
    }
}
