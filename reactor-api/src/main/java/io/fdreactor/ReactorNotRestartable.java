// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * A reactor that was stopped has closed all its resources; open another one. Twisted: {@code ReactorNotRestartable}.
 */
public final class ReactorNotRestartable extends ReactorException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what is wrong and what to do; the error code is added
     */
    public ReactorNotRestartable(String message) {
        super("FDR-NOT-RESTARTABLE", message);
    }
}
