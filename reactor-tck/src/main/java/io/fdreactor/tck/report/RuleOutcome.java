// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.report;

import io.fdreactor.Capability;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.contract.RuleIndex;
import io.fdreactor.tck.report.TckReport.RuleResult;
import io.fdreactor.tck.report.TckReport.TestResult;
import io.fdreactor.tck.report.TckReport.Waiver;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From what became of a rule's tests, says what became of the rule. One test that fails is enough to break it, and
 * only if all of its tests were tried does it hold.
 */
public final class RuleOutcome {
    /** The reason for rules that {@link RuleFilter} leaves out. */
    public static final String NOT_ASKED_FOR = "not asked for";

    private final RunSettings settings;
    private final String backend;
    private final Set<Capability> claimed;

    public RuleOutcome(RunSettings settings, ReactorProvider provider) {
        this.settings = settings;
        this.backend = provider.id();
        this.claimed = provider.capabilities();
    }

    private record Finding(Outcome outcome, @Nullable String reason) {}

    /**
     * @param tests what became of those that were reached
     * @param missing how many of the contract class's tests of this rule weren't
     */
    public RuleResult ruleOutcome(RuleIndex.Entry rule, List<TestResult> tests, long missing) {
        Waiver waiver = settings.waivers().of(rule.id());
        Finding finding = find(rule, tests, missing);
        if (waiver != null && (finding.outcome == Outcome.PASS || finding.outcome == Outcome.REFUSED)) {
            finding = new Finding(Outcome.FAIL, "it is kept: take out its waiver");
        }
        return new RuleResult(
                rule.id(), rule.level(), rule.capability(), finding.outcome, finding.reason, waiver, tests);
    }

    private Finding find(RuleIndex.Entry rule, List<TestResult> tests, long missing) {
        for (Outcome broken : List.of(Outcome.FAIL, Outcome.WAIVED, Outcome.FORGIVEN)) {
            if (first(broken, tests) != null) {
                return new Finding(broken, null);
            }
        }
        if (!settings.filter().takes(rule.id())) {
            return new Finding(Outcome.NOT_RUN, NOT_ASKED_FOR);
        }
        if (missing > 0) {
            return new Finding(
                    Outcome.NOT_RUN, missing + " of its " + rule.tests().size() + " tests were left out");
        }
        if (rule.capability() != null && !claimed.contains(rule.capability())) {
            return new Finding(Outcome.REFUSED, "[" + backend + "] doesn't claim [" + rule.capability() + "]");
        }
        if (first(Outcome.PASS, tests) != null) {
            return new Finding(Outcome.PASS, null);
        }
        TestResult refused = first(Outcome.REFUSED, tests);
        if (refused != null) {
            return new Finding(Outcome.REFUSED, refused.message());
        }
        return new Finding(
                Outcome.NOT_RUN,
                tests.isEmpty()
                        ? "this contract class has no test of it"
                        : tests.get(0).message());
    }

    private static @Nullable TestResult first(Outcome outcome, List<TestResult> tests) {
        return tests.stream()
                .filter(test -> test.outcome() == outcome)
                .findFirst()
                .orElse(null);
    }
}
