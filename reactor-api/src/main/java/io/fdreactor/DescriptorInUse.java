// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/** Another object is registered for this direction of the same live file; the message names it. */
public final class DescriptorInUse extends ReactorException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what is wrong and what to do; the error code is added
     */
    public DescriptorInUse(String message) {
        super("FDR-DESCRIPTOR-IN-USE", message);
    }
}
