// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * This backend can't watch such a descriptor, and the message names the backends that can; or the system can't watch
 * another descriptor at present, and the message says what would help.
 */
public final class DescriptorRefused extends ReactorException {
    private static final long serialVersionUID = 1;

    /**
     * Creates an exception without a cause.
     *
     * @param message what is wrong and what to do; the error code is added
     */
    public DescriptorRefused(String message) {
        super("FDR-DESCRIPTOR-REFUSED", message);
    }

    /**
     * Creates an exception with a cause.
     *
     * @param message what is wrong and what to do; the error code is added
     * @param cause the system's error
     */
    public DescriptorRefused(String message, Throwable cause) {
        super("FDR-DESCRIPTOR-REFUSED", message, cause);
    }
}
