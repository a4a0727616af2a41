// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.spi;

import io.fdreactor.ReactorException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a backend can be used in this process and, if not, the reason, in a sentence that its user can act on.
 *
 * @param isAvailable whether {@link ReactorProvider#open} will work
 * @param detail if available, further information ({@code "libc: jna"}), possibly empty; otherwise the reason and what
 *     to do about it
 * @param cause the exception of the check, or null
 */
public record Availability(
        boolean isAvailable, String detail, @Nullable Throwable cause) {
    /** {@return an available backend's result without details} */
    public static Availability available() {
        return available("");
    }

    /**
     * Makes an available backend's result.
     *
     * @param detail further information, possibly empty
     * @return the result
     */
    public static Availability available(String detail) {
        return new Availability(true, detail, null);
    }

    /**
     * Makes an unavailable backend's result.
     *
     * @param reason why it can't be used and what to do about it
     * @param cause the exception of the check, or null
     * @return the result
     */
    public static Availability unavailable(String reason, @Nullable Throwable cause) {
        return new Availability(false, reason, cause);
    }

    /**
     * Throws unless the backend can be used; {@link ReactorProvider#open} begins with this.
     *
     * @param id the backend's id, for the message
     * @throws ReactorException with the reason and its cause, if the backend can't be used
     */
    public void require(String id) {
        if (!isAvailable) {
            throw new ReactorException(
                    "FDR-BACKEND-UNAVAILABLE", "the backend [" + id + "] can't be used: " + detail, cause);
        }
    }
}
