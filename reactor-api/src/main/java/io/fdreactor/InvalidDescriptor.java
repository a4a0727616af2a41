// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The descriptor is closed, is not an open file of this process, or can't be watched by the kernel. */
public final class InvalidDescriptor extends ReactorException {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param message what is wrong and what to do; the error code is added
     * @param cause the kernel's error, or null if the kernel was not asked
     */
    public InvalidDescriptor(String message, @Nullable Throwable cause) {
        super("FDR-INVALID-DESCRIPTOR", message, cause);
    }

    /**
     * Returns the errno that the kernel reported, as errno(3) lists them; usually 9, EBADF, for a closed descriptor.
     *
     * @return the errno; empty if the kernel was not asked or the backend doesn't report it ({@code select})
     */
    public OptionalInt errno() {
        for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof HasErrno refused) {
                return OptionalInt.of(refused.errno());
            }
        }
        return OptionalInt.empty();
    }
}
