// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.spi;

import io.fdreactor.ReactorException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a backend can be used in this process, and if not, why: in a sentence that its user can act on.
 *
 * @param isAvailable whether {@link ReactorProvider#open} will work
 * @param detail if available, what is worth knowing ({@code "libc: jna"}), possibly empty; else the reason and
 *     what to do about it
 * @param cause what was thrown when it was tried, or null
 */
public record Availability(
        boolean isAvailable, String detail, @Nullable Throwable cause) {
    /** Usable, with nothing to add. */
    public static Availability available() {
        return available("");
    }

    /** Usable. */
    public static Availability available(String detail) {
        return new Availability(true, detail, null);
    }

    /** Not usable: the reason, and what to do about it. */
    public static Availability unavailable(String reason, @Nullable Throwable cause) {
        return new Availability(false, reason, cause);
    }

    /**
     * What {@link ReactorProvider#open} begins with: does nothing if the backend can be used.
     *
     * @param id the backend's, for the message
     * @throws ReactorException with the reason and its cause, if it can't
     */
    public void require(String id) {
        if (!isAvailable) {
            throw new ReactorException(
                    "FDR-BACKEND-UNAVAILABLE", "the backend [" + id + "] can't be used: " + detail, cause);
        }
    }
}
