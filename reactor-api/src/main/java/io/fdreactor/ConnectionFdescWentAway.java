// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * The file of a descriptor was closed while the reactor was watching it, or its file descriptor now belongs to another
 * file. Remove a descriptor before you close it. Twisted: {@code ConnectionFdescWentAway}.
 */
public final class ConnectionFdescWentAway extends ConnectionLost {
    private static final long serialVersionUID = 1;

    /** The only instance. */
    public static final ConnectionFdescWentAway INSTANCE = new ConnectionFdescWentAway();

    private ConnectionFdescWentAway() {
        super(
                "FDR-FDESC-WENT-AWAY",
                "the file went away while it was watched; remove a descriptor from the reactor before closing it",
                null);
    }
}
