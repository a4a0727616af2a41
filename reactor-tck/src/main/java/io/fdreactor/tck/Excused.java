// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import io.fdreactor.tck.report.Outcome;
import org.opentest4j.TestAbortedException;

/** A failure that doesn't count, in the form in which JUnit lets a test go by. */
final class Excused extends TestAbortedException {
    private static final long serialVersionUID = 1;

    /** {@link Outcome#WAIVED} or {@link Outcome#FORGIVEN}. */
    private final Outcome outcome;

    Excused(Outcome outcome, Throwable failure) {
        super(failure.getMessage(), failure);
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }
}
