// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.spi;

import java.io.IOException;

/** The system has no room for another registration, whatever its file is. The message says what would help. */
public final class PollerExhausted extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * For a registration that failed.
     *
     * @param message what failed and what would help
     * @param cause what the system said
     */
    public PollerExhausted(String message, IOException cause) {
        super(message, cause);
    }
}
