// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import io.fdreactor.tck.context.Failures;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.report.Outcome;
import io.fdreactor.tck.report.ReportFile;
import io.fdreactor.tck.report.RunSettings;
import io.fdreactor.tck.report.TckReport;
import io.fdreactor.tck.report.TckReport.RuleResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Begins a run with a contract class and ends it with a report. The chapters, nested classes, come by here, too, and
 * are a part of it.
 */
final class ReportExtension implements BeforeAllCallback, AfterAllCallback, TestWatcher {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(ReportExtension.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        if (isContractClass(context)) {
            RunSettings settings = new RunSettings(
                    context.getRequiredTestClass(),
                    name -> context.getConfigurationParameter(name).orElse(null));
            context.getStore(NAMESPACE).put(ContractRun.class, new ContractRun(settings));
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        ContractRun run = context.getStore(NAMESPACE).get(ContractRun.class, ContractRun.class);
        if (!isContractClass(context) || run == null) {
            return;
        }
        ReactorTck instance = run.instance();
        if (instance == null) {
            return;
        }
        TckReport report = run.report(instance.provider());
        TckContext.print(report.summary());
        instance.reported(report);
        String place = run.settings().report();
        if (place != null) {
            ReportFile.write(report, place);
        }
        failForWaivers(report);
    }

    private static boolean isContractClass(ExtensionContext context) {
        return ReactorTck.class.isAssignableFrom(context.getRequiredTestClass());
    }

    private static void failForWaivers(TckReport report) {
        List<RuleResult> unneeded = report.rules().stream()
                .filter(rule -> rule.waiver() != null && rule.outcome() == Outcome.FAIL)
                .filter(rule -> rule.tests().stream().noneMatch(test -> test.outcome() == Outcome.FAIL))
                .toList();
        if (!unneeded.isEmpty()) {
            throw new AssertionError(unneeded.stream()
                    .map(rule -> rule.id() + ": " + rule.reason() + " (" + rule.waiver() + ")")
                    .collect(Collectors.joining("\n")));
        }
    }

    /** The run that a test is a part of. */
    static ContractRun runOf(ExtensionContext test) {
        // The test's own store may be closed by the time that its end is told.
        ExtensionContext parent = test.getParent().orElseThrow();
        return Objects.requireNonNull(
                parent.getStore(NAMESPACE).get(ContractRun.class, ContractRun.class),
                () -> "[" + test.getRequiredTestClass() + "] must be a nested class of a ReactorTck");
    }

    private static void ends(ExtensionContext test, Outcome outcome, @Nullable String message) {
        runOf(test).ends(test.getUniqueId(), test.getRequiredTestMethod(), outcome, message);
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        ends(context, Outcome.PASS, null);
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        ends(context, Outcome.FAIL, cause instanceof AssertionError ? cause.getMessage() : cause.toString());
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        if (cause instanceof Excused excused) {
            ends(context, excused.outcome(), cause.getMessage());
        } else {
            ends(context, Outcome.NOT_RUN, Failures.reasonOf(cause));
        }
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        ContractRun run = runOf(context);
        boolean isKnown = context.getTestMethod().map(run::knows).orElse(true);
        if (!isKnown) {
            ends(context, Outcome.NOT_RUN, reason.orElse("disabled"));
        }
    }
}
