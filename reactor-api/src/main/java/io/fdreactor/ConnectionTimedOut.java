// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.time.Duration;

/**
 * This side has reset the connection because one of its {@link io.fdreactor.net.Deadlines} expired; the message names
 * it. Twisted has none.
 */
public final class ConnectionTimedOut extends ConnectionLost {
    private static final long serialVersionUID = 1;

    /**
     * Creates the exception.
     *
     * @param deadline the deadline's name, such as {@code "idle"}: a method of {@link io.fdreactor.net.Deadlines}
     * @param limit the deadline's length
     */
    public ConnectionTimedOut(String deadline, Duration limit) {
        super("FDR-CONNECTION-TIMED-OUT", "the [" + deadline + "] deadline of [" + limit + "] is over", null);
    }
}
