// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/** Another object is registered for this direction of the same live file; the message names it. */
public final class DescriptorInUse extends ReactorException {
    private static final long serialVersionUID = 1;

    /** With a message that says what to do. */
    public DescriptorInUse(String message) {
        super("FDR-DESCRIPTOR-IN-USE", message);
    }
}
