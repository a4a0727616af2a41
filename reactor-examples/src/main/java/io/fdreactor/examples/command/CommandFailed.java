// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.command;

/** Ends a command with a message for its user and an exit status. */
public final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The exit status. */
    private final int status;

    public CommandFailed(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
