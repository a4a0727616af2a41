// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * A clean end: the other side closed the connection, or this side did so deliberately. Thrown by {@code doRead}, it
 * says that the input has ended. Twisted: {@code ConnectionDone}.
 */
public final class ConnectionDone extends ConnectionClosed {
    private static final long serialVersionUID = 1;

    /** The only instance. */
    public static final ConnectionDone INSTANCE = new ConnectionDone();

    private ConnectionDone() {
        super("FDR-CONNECTION-DONE", "the connection was closed cleanly", null);
    }
}
