// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/** The reactor has ended, and every method but the harmless ones says so. */
public final class ReactorClosed extends ReactorException {
    private static final long serialVersionUID = 1;

    /** With a message that says what to do. */
    public ReactorClosed(String message) {
        super("FDR-CLOSED", message);
    }
}
