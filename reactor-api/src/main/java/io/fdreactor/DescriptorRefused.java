// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * This backend can't watch such a descriptor, and the message names those that can; or the system has no room for another
 * one for now, and the message says what would help.
 */
public final class DescriptorRefused extends ReactorException {
    private static final long serialVersionUID = 1;

    /** With a message that says what to do. */
    public DescriptorRefused(String message) {
        super("FDR-DESCRIPTOR-REFUSED", message);
    }

    /** With a message that says what to do, and what the system said. */
    public DescriptorRefused(String message, Throwable cause) {
        super("FDR-DESCRIPTOR-REFUSED", message, cause);
    }
}
