// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/** A reactor runs once at a time and not inside itself. Twisted: {@code ReactorAlreadyRunning}. */
public final class ReactorAlreadyRunning extends ReactorException {
    private static final long serialVersionUID = 1;

    /** With a message that says what to do. */
    public ReactorAlreadyRunning(String message) {
        super("FDR-ALREADY-RUNNING", message);
    }
}
