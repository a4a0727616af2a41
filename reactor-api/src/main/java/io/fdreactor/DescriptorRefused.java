// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/** This backend can't watch such a descriptor; the message names those that can. */
public final class DescriptorRefused extends ReactorException {
    private static final long serialVersionUID = 1;

    /** With a message that says what to do. */
    public DescriptorRefused(String message) {
        super("FDR-DESCRIPTOR-REFUSED", message);
    }
}
