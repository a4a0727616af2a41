// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/** A reactor that was stopped has closed all it had; open another. Twisted: {@code ReactorNotRestartable}. */
public final class ReactorNotRestartable extends ReactorException {
    private static final long serialVersionUID = 1;

    /** With a message that says what to do. */
    public ReactorNotRestartable(String message) {
        super("FDR-NOT-RESTARTABLE", message);
    }
}
