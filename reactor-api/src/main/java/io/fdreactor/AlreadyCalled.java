// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/** A delayed call that has run, or is running, can't be changed. Twisted: {@code AlreadyCalled}. */
public final class AlreadyCalled extends ReactorException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what is wrong and what to do; the error code is added
     */
    public AlreadyCalled(String message) {
        super("FDR-ALREADY-CALLED", message);
    }
}
