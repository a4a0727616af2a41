// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.cli;

import org.jspecify.annotations.Nullable;

/** There is no verdict. The message is for the user: what is wrong, and what to do. */
final class CouldNotTell extends RuntimeException {
    private static final long serialVersionUID = 1;

    CouldNotTell(String message) {
        this(message, null);
    }

    CouldNotTell(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
