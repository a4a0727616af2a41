// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.report;

import io.fdreactor.tck.report.TckReport.Backend;
import io.fdreactor.tck.report.TckReport.RuleResult;
import io.fdreactor.tck.report.TckReport.TestResult;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A report for people. */
public final class ReportText {
    private static final Set<Outcome> TOLD_IN_FULL = EnumSet.of(Outcome.FAIL, Outcome.WAIVED, Outcome.FORGIVEN);
    private static final String RULE_FORMAT = "\n%-9s  %-23s  %-18s  %8s";

    private final TckReport report;

    public ReportText(TckReport report) {
        this.report = report;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(head()).append('\n');
        report.rules().stream()
                .filter(rule -> !RuleOutcome.NOT_ASKED_FOR.equals(rule.reason()))
                .forEach(rule -> text.append(line(rule)));
        text.append('\n');
        report.rules().stream()
                .flatMap(rule -> rule.tests().stream())
                .filter(test -> TOLD_IN_FULL.contains(test.outcome()))
                .forEach(test -> text.append(paragraph(test)));
        return text.append('\n').append(summary()).toString();
    }

    private String head() {
        Backend backend = report.backend();
        StringBuilder text = new StringBuilder("fdreactor TCK ")
                .append(report.tckVersion())
                .append(", ")
                .append(report.date())
                .append("\nbackend    ")
                .append(backend.id())
                .append(", ")
                .append(backend.provider());
        if (backend.location() != null) {
            text.append(" in ").append(backend.location());
        }
        text.append("\nclaims     ")
                .append(backend.capabilities().stream().map(Enum::name).collect(Collectors.joining(" ")))
                .append('\n')
                .append(backend.isAvailable() ? "available  " : "UNAVAILABLE ")
                .append(backend.availability())
                .append("\nrunning    ")
                .append(report.platform());
        report.parameters()
                .forEach((name, value) ->
                        text.append("\nasked for  ").append(name).append('=').append(value));
        return text.toString();
    }

    private static String line(RuleResult rule) {
        String level = rule.capability() == null
                ? rule.level().name()
                : "CAP(" + rule.capability().name() + ")";
        String line = String.format(Locale.ROOT, RULE_FORMAT, rule.id(), level, rule.outcome(), time(rule.nanos()));
        String why = rule.reason() == null ? "" : "  " + rule.reason();
        return line + why + (rule.waiver() == null ? "" : "  " + rule.waiver());
    }

    private static String time(long nanos) {
        return nanos == 0 ? "" : String.format(Locale.ROOT, "%.3f s", nanos / (double) TimeUnit.SECONDS.toNanos(1));
    }

    private static String paragraph(TestResult test) {
        return "\n" + test.outcome() + ": " + test.name() + "\n"
                + String.valueOf(test.message()).strip() + "\n";
    }

    public String summary() {
        String part = report.isComplete() ? "" : " FOR THE RULES ASKED";
        return switch (report.verdict()) {
            case CONFORMANT -> "[" + report.backend().id() + "] is CONFORMANT" + part + ": " + numbers();
            case NOT_CONFORMANT ->
                "[" + report.backend().id() + "] is NOT CONFORMANT" + part + ": " + failed() + "; " + numbers();
            case UNDECIDED -> "[" + report.backend().id() + "] could not be judged: " + numbers();
        };
    }

    private String failed() {
        return report.rules().stream()
                .filter(rule -> rule.outcome() == Outcome.FAIL)
                .map(RuleResult::id)
                .collect(Collectors.joining(", "));
    }

    private String numbers() {
        Map<Outcome, Long> numbers = report.rules().stream()
                .collect(Collectors.groupingBy(
                        RuleResult::outcome, () -> new EnumMap<>(Outcome.class), Collectors.counting()));
        return numbers.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
    }
}
