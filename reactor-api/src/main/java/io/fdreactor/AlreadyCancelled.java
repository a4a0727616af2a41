// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/** A delayed call that was cancelled can't be changed. Twisted: {@code AlreadyCancelled}. */
public final class AlreadyCancelled extends ReactorException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what is wrong and what to do; the error code is added
     */
    public AlreadyCancelled(String message) {
        super("FDR-ALREADY-CANCELLED", message);
    }
}
