// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples;

/** Ends a command with a message for its user and an exit status. */
final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The exit status. */
    private final int status;

    CommandFailed(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
