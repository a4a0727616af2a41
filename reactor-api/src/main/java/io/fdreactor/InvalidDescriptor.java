// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import org.jspecify.annotations.Nullable;

/** The descriptor is closed, or names no open file of this process, or the kernel won't watch it. */
public final class InvalidDescriptor extends ReactorException {
    private static final long serialVersionUID = 1;

    /**
     * With a message that says what to do.
     *
     * @param cause the kernel's refusal, or null if there was no need to ask
     */
    public InvalidDescriptor(String message, @Nullable Throwable cause) {
        super("FDR-INVALID-DESCRIPTOR", message, cause);
    }
}
