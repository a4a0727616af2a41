// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import org.jspecify.annotations.Nullable;

/** An end that wasn't clean; the cause is the reason, if it is known. Twisted: {@code ConnectionLost}. */
public class ConnectionLost extends ConnectionClosed {
    private static final long serialVersionUID = 1;

    /** The shared instance, for an end without a known reason. */
    public static final ConnectionLost INSTANCE = new ConnectionLost();

    private ConnectionLost() {
        this("FDR-CONNECTION-LOST", "the connection was lost", null);
    }

    /**
     * Creates an exception with the system's error.
     *
     * @param cause the system's error
     */
    public ConnectionLost(Throwable cause) {
        this("FDR-CONNECTION-LOST", "the connection was lost: " + cause.getMessage(), cause);
    }

    ConnectionLost(String code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }
}
