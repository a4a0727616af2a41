// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import io.fdreactor.ReactorException;

/**
 * No backend can be opened, or not the one that was asked for. The message holds the whole report and ends with
 * what to do; the cause is what the backend asked for, or the best one found, failed with.
 */
public final class NoReactorException extends ReactorException {
    private static final long serialVersionUID = 1;

    /** The report. */
    private final SelectionReport report;

    NoReactorException(SelectionReport report) {
        super("FDR-NO-REACTOR", "no reactor can be opened", report.firstCause());
        this.report = report;
    }

    /** Several lines: the report, in which what it quotes is escaped, and the code. */
    @Override
    public String getMessage() {
        return "no reactor can be opened\n" + report + " [" + code() + "]";
    }

    /** What was found, and what is wrong with each. */
    public SelectionReport report() {
        return report;
    }
}
