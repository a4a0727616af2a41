// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/** A reactor runs once at a time and not inside itself. Twisted: {@code ReactorAlreadyRunning}. */
public final class ReactorAlreadyRunning extends ReactorException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what is wrong and what to do; the error code is added
     */
    public ReactorAlreadyRunning(String message) {
        super("FDR-ALREADY-RUNNING", message);
    }
}
