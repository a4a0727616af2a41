// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * The file under a descriptor's number went away while the reactor was watching it: it was closed, or the
 * number is another file's by now. Remove a descriptor before you close it. Twisted:
 * {@code ConnectionFdescWentAway}.
 */
public final class ConnectionFdescWentAway extends ConnectionLost {
    private static final long serialVersionUID = 1;

    /** The one instance there is. */
    public static final ConnectionFdescWentAway INSTANCE = new ConnectionFdescWentAway();

    private ConnectionFdescWentAway() {
        super(
                "FDR-FDESC-WENT-AWAY",
                "the file went away while it was watched; remove a descriptor from the reactor before closing it",
                null);
    }
}
