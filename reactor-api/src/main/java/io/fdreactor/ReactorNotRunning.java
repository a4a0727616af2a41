// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/** A reactor that doesn't run can't be stopped. Twisted: {@code ReactorNotRunning}. */
public final class ReactorNotRunning extends ReactorException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what is wrong and what to do; the error code is added
     */
    public ReactorNotRunning(String message) {
        super("FDR-NOT-RUNNING", message);
    }
}
