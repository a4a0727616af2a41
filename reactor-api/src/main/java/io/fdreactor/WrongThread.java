// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/** A method that belongs to the reactor's thread was called on another; nothing has changed. */
public final class WrongThread extends ReactorException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what is wrong and what to do; the error code is added
     */
    public WrongThread(String message) {
        super("FDR-WRONG-THREAD", message);
    }
}
