// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/** The reactor has ended; every method except those that are harmless after the end throws this. */
public final class ReactorClosed extends ReactorException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what is wrong and what to do; the error code is added
     */
    public ReactorClosed(String message) {
        super("FDR-CLOSED", message);
    }
}
