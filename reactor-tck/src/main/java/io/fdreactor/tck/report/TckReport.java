// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.report;

import io.fdreactor.Capability;
import io.fdreactor.spi.Availability;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.contract.Level;
import io.fdreactor.tck.fixture.Platform;
import java.security.CodeSource;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one run of the contract has found out about one backend. Immutable. {@link #toString} is all of it for people,
 * {@link #toJson} for programs.
 *
 * @param tckVersion the version of the TCK
 * @param date when the run began
 * @param backend who was tried
 * @param platform where
 * @param parameters what was asked for, {@code fdreactor.tck.rule} or {@code fdreactor.tck.seed}; the report's own
 *     file excepted
 * @param isComplete whether everything that could be run was; if not, the verdict is about a part
 * @param rules all of the contract, in its order, and then those of the contract class's own
 */
public record TckReport(
        String tckVersion,
        Instant date,
        Backend backend,
        Platform platform,
        Map<String, String> parameters,
        boolean isComplete,
        List<RuleResult> rules) {

    /** What all rules come to. */
    public enum Verdict {
        /** No rule was broken that isn't waived. */
        CONFORMANT,
        /** At least one was. */
        NOT_CONFORMANT,
        /** Nothing was tried. */
        UNDECIDED
    }

    /**
     * The backend, as it says of itself.
     *
     * @param provider the provider's class
     * @param location the jar or directory that it comes from; null if unknown
     * @param availability what it says of being available, or why it isn't; possibly empty
     */
    public record Backend(
            String id,
            String provider,
            @Nullable String location,
            Set<Capability> capabilities,
            boolean isAvailable,
            String availability) {
        /** Copies the capabilities, in their order. */
        public Backend {
            capabilities = Collections.unmodifiableSet(new TreeSet<>(capabilities));
        }

        public static Backend of(ReactorProvider provider) {
            Availability availability = provider.availability();
            CodeSource source = provider.getClass().getProtectionDomain().getCodeSource();
            return new Backend(
                    provider.id(),
                    provider.getClass().getName(),
                    source == null ? null : source.getLocation().getPath(),
                    provider.capabilities(),
                    availability.isAvailable(),
                    availability.detail());
        }
    }

    /**
     * A rule.
     *
     * @param capability whose claimants owe it; null unless the level is {@link Level#CAP}
     * @param reason why it is so, where tests alone don't tell, or null
     * @param waiver null if the rule isn't waived
     * @param tests the tests behind it, in the order in which they ended
     */
    public record RuleResult(
            String id,
            Level level,
            @Nullable Capability capability,
            Outcome outcome,
            @Nullable String reason,
            @Nullable Waiver waiver,
            List<TestResult> tests) {
        /** Copies the tests. */
        public RuleResult {
            tests = List.copyOf(tests);
        }

        /** The time that its tests took, in nanoseconds. */
        public long nanos() {
            return tests.stream().mapToLong(TestResult::nanos).sum();
        }
    }

    /**
     * A test.
     *
     * @param name its method's
     * @param nanos the time that it took; 0 if it wasn't run
     * @param message why it failed or wasn't run; null if it passed
     */
    public record TestResult(
            String name,
            Outcome outcome,
            long nanos,
            @Nullable String message) {}

    /**
     * That a rule's failure is accepted.
     *
     * @param reason why
     * @param since from when on
     */
    public record Waiver(String reason, LocalDate since) {
        @Override
        public String toString() {
            return "waived since " + since + ": " + reason;
        }
    }

    /** Copies what may change. */
    public TckReport {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        rules = List.copyOf(rules);
    }

    /** What all rules come to. */
    public Verdict verdict() {
        if (has(Outcome.FAIL)) {
            return Verdict.NOT_CONFORMANT;
        }
        return has(Outcome.PASS) || has(Outcome.WAIVED) || has(Outcome.FORGIVEN)
                ? Verdict.CONFORMANT
                : Verdict.UNDECIDED;
    }

    private boolean has(Outcome outcome) {
        return rules.stream().anyMatch(rule -> rule.outcome() == outcome);
    }

    /** The verdict, with the numbers, or the rules, that it rests on. One line. */
    public String summary() {
        return new ReportText(this).summary();
    }

    /** For people: where and what, a line for each rule that was asked for, each failure in full, the verdict. */
    @Override
    public String toString() {
        return new ReportText(this).toString();
    }

    /** For programs. The member {@code format} is 1 as long as what is there keeps its meaning. */
    public String toJson() {
        return ReportJson.of(this);
    }
}
