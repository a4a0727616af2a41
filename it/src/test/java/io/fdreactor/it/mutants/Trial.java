// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.ReactorTck;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.posix.PosixReactorTck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Holds a provider to the contract, or to a part of it, from within a test. One at a time. */
public final class Trial implements TestExecutionListener {
    /** JUnit makes the entries below, so this is how they learn whom they are about. */
    private static volatile ReactorProvider accused;

    private final Map<String, List<String>> failures = new TreeMap<>();
    private final Map<String, List<String>> forgiven = new TreeMap<>();
    private final List<String> passed = new ArrayList<>();

    private Trial() {}

    /** For those who watch numbers. */
    public static class Numbers extends PosixReactorTck {
        @Override
        protected ReactorProvider provider() {
            return accused;
        }
    }

    /** For those who watch channels. */
    public static class Channels extends ReactorTck {
        @Override
        protected ReactorProvider provider() {
            return accused;
        }
    }

    /** @param rules comma-separated, such as {@code "FD-01,TIME-*"} */
    static Trial of(ReactorProvider provider, Class<? extends ReactorTck> tck, String rules) {
        return of(provider, tck, rules, Map.of());
    }

    /** @param parameters more of JUnit's configuration parameters */
    static Trial of(
            ReactorProvider provider, Class<? extends ReactorTck> tck, String rules, Map<String, String> parameters) {
        accused = provider;
        Trial trial = new Trial();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tck))
                .configurationParameter("fdreactor.tck.rule", rules)
                .configurationParameters(parameters)
                .build();
        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestExecutionListenerAutoRegistration(false)
                        .build())
                .execute(request, trial);
        return trial;
    }

    /** By rule: what the tests that failed have said. */
    Map<String, List<String>> failures() {
        return failures;
    }

    /** As {@link #failures}, of the rules that only ask: a machine that is busy elsewhere can break those. */
    Map<String, List<String>> forgiven() {
        return forgiven;
    }

    /** The rules of the tests that passed, one for each test. */
    List<String> passed() {
        return passed;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        String rule = test.getSource()
                .filter(MethodSource.class::isInstance)
                .map(source -> ((MethodSource) source).getJavaMethod().getAnnotation(Rule.class))
                .map(Rule::value)
                .orElse(test.getDisplayName());
        switch (result.getStatus()) {
            case FAILED ->
                failures.computeIfAbsent(rule, key -> new ArrayList<>())
                        .add(result.getThrowable()
                                .map(thrown -> String.valueOf(thrown.getMessage()))
                                .orElse("no reason"));
            case SUCCESSFUL -> {
                if (test.isTest()) {
                    passed.add(rule);
                }
            }
            case ABORTED -> {
                // Either it could not be told, or a SHOULD has failed.
                String reason = result.getThrowable().map(Throwable::getMessage).orElse("");
                if (reason.startsWith(rule + ": ")) {
                    forgiven.computeIfAbsent(rule, key -> new ArrayList<>()).add(reason);
                }
            }
        }
    }
}
