// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.contract.RuleIndex;
import io.fdreactor.tck.fixture.Platform;
import io.fdreactor.tck.report.Outcome;
import io.fdreactor.tck.report.RuleOutcome;
import io.fdreactor.tck.report.RunSettings;
import io.fdreactor.tck.report.TckReport;
import io.fdreactor.tck.report.TckReport.RuleResult;
import io.fdreactor.tck.report.TckReport.TestResult;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Method;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of a contract class, and what has become of its tests by now. They may tell from several threads. */
final class ContractRun {
    private final RunSettings settings;
    private final Instant began = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Map<String, Long> startNanos = new HashMap<>();
    private final Map<Method, List<TestResult>> results = new LinkedHashMap<>();
    private @Nullable ReactorTck instance;

    ContractRun(RunSettings settings) {
        this.settings = settings;
    }

    RunSettings settings() {
        return settings;
    }

    /** An instance of the contract class. JUnit makes one for each test; any will do. */
    synchronized void isAbout(ReactorTck made) {
        instance = made;
    }

    /** Null if no test was reached. */
    synchronized @Nullable ReactorTck instance() {
        return instance;
    }

    /** @param invocation of a test, which may have several; JUnit's unique id */
    synchronized void starts(String invocation) {
        startNanos.put(invocation, System.nanoTime());
    }

    synchronized void ends(String invocation, Method test, Outcome outcome, @Nullable String message) {
        Long start = startNanos.remove(invocation);
        long nanos = start == null ? 0 : System.nanoTime() - start;
        results.computeIfAbsent(test, key -> new ArrayList<>())
                .add(new TestResult(test.getName(), outcome, nanos, message));
    }

    /** Whether it was told anything about this test. */
    synchronized boolean knows(Method test) {
        return results.containsKey(test);
    }

    synchronized TckReport report(ReactorProvider provider) {
        RuleOutcome ruleOutcome = new RuleOutcome(settings, provider);
        List<RuleResult> rules = settings.index().entries().stream()
                .map(rule -> ruleOutcome.ruleOutcome(rule, testsOf(rule), missingOf(rule)))
                .toList();
        boolean isComplete = settings.index().entries().stream()
                .allMatch(rule -> settings.filter().takes(rule.id()) && missingOf(rule) == 0);
        return new TckReport(
                version(),
                began,
                TckReport.Backend.of(provider),
                Platform.current(),
                settings.parameters(),
                isComplete,
                rules);
    }

    private List<TestResult> testsOf(RuleIndex.Entry rule) {
        return results.entrySet().stream()
                .filter(each -> rule.tests().contains(each.getKey()))
                .flatMap(each -> each.getValue().stream())
                .toList();
    }

    private long missingOf(RuleIndex.Entry rule) {
        return rule.tests().stream().filter(test -> !results.containsKey(test)).count();
    }

    private static String version() {
        ModuleDescriptor module = ContractRun.class.getModule().getDescriptor();
        String version = module == null
                ? ContractRun.class.getPackage().getImplementationVersion()
                : module.rawVersion().orElse(null);
        return version == null ? "of unknown version" : version;
    }
}
