// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/** This side ended the connection with {@code abortConnection}. Twisted: {@code ConnectionAborted}. */
public final class ConnectionAborted extends ConnectionLost {
    private static final long serialVersionUID = 1;

    /** The only instance. */
    public static final ConnectionAborted INSTANCE = new ConnectionAborted();

    private ConnectionAborted() {
        super("FDR-CONNECTION-ABORTED", "the connection was aborted by this side", null);
    }
}
