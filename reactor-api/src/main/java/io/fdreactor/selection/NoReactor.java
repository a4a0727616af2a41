// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import io.fdreactor.ReactorException;

/**
 * No backend can be opened, or not the one that was asked for. The message contains the whole report and ends with
 * advice; the cause is the failure of the backend that was asked for, or of the best one found.
 */
public final class NoReactor extends ReactorException {
    private static final long serialVersionUID = 1;

    /** The report. */
    private final SelectionReport report;

    NoReactor(SelectionReport report) {
        super("FDR-NO-REACTOR", "no reactor can be opened", report.firstCause());
        this.report = report;
    }

    /** {@return the report, in several lines, with its quotations escaped, and the error code} */
    @Override
    public String getMessage() {
        return "no reactor can be opened\n" + report + " [" + code() + "]";
    }

    /** {@return the backends that were found, and what is wrong with each} */
    public SelectionReport report() {
        return report;
    }
}
