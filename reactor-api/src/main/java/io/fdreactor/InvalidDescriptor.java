// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.util.OptionalInt;
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

    /**
     * The kernel's number for its reason, as errno(3) lists them: 9, EBADF, for a closed one, as a rule. Empty if the
     * kernel wasn't asked, or the backend can't tell ({@code select}).
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
