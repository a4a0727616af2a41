// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.time.Duration;

/**
 * The connection was reset by this side because one of its {@link io.fdreactor.net.Deadlines} was over; the message
 * names it. Twisted has none.
 */
public final class ConnectionTimedOut extends ConnectionLost {
    private static final long serialVersionUID = 1;

    /**
     * For a transport.
     *
     * @param deadline a component of {@link io.fdreactor.net.Deadlines}, by its name
     * @param limit how long that was
     */
    public ConnectionTimedOut(String deadline, Duration limit) {
        super("FDR-CONNECTION-TIMED-OUT", "the [" + deadline + "] deadline of [" + limit + "] is over", null);
    }
}
