// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.cli;

import io.fdreactor.Capability;
import io.fdreactor.spi.ReactorProvider;
import io.fdreactor.tck.ReactorTck;
import io.fdreactor.tck.posix.PosixReactorTck;
import io.fdreactor.tck.report.TckReport;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the contract through JUnit, one run at a time. */
final class Contract implements TestExecutionListener {
    /** JUnit makes the entries below, so this is how they learn whom they are about. */
    private static volatile @Nullable ReactorProvider subject;

    private static volatile @Nullable TckReport result;

    private @Nullable Throwable failure;

    private Contract() {}

    /**
     * What came of it.
     *
     * @param trouble what went wrong with the run itself, such as that its report couldn't be written; or null
     */
    record Result(TckReport report, @Nullable Throwable trouble) {}

    /** For those who watch numbers. */
    static final class ForNumbers extends PosixReactorTck {
        @Override
        protected ReactorProvider provider() {
            return Objects.requireNonNull(subject);
        }

        @Override
        protected void reported(TckReport report) {
            result = report;
        }
    }

    /** For those who watch channels. */
    static final class ForChannels extends ReactorTck {
        @Override
        protected ReactorProvider provider() {
            return Objects.requireNonNull(subject);
        }

        @Override
        protected void reported(TckReport report) {
            result = report;
        }
    }

    /**
     * Holds a backend to it.
     *
     * @param parameters for the TCK, by name
     * @throws CouldNotTell if the run didn't come to a report
     */
    static Result hold(ReactorProvider provider, Map<String, String> parameters) {
        subject = provider;
        result = null;
        boolean takesNumbers = provider.capabilities().contains(Capability.INT_FD);
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(takesNumbers ? ForNumbers.class : ForChannels.class))
                .configurationParameters(parameters)
                .build();
        Contract listener = new Contract();
        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestExecutionListenerAutoRegistration(false)
                        .build())
                .execute(request, listener);
        TckReport report = result;
        Throwable failure = listener.failure;
        if (report == null) {
            throw new CouldNotTell(
                    failure == null ? "no test was found" : String.valueOf(failure.getMessage()), failure);
        }
        // An assertion is about the backend, and the report has it.
        return new Result(report, failure instanceof AssertionError ? null : failure);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult outcome) {
        if (test.isContainer()) {
            outcome.getThrowable().ifPresent(thrown -> failure = thrown);
        }
    }
}
