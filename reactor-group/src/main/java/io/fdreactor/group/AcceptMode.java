// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.group;

/** How the connections to one port are distributed to the reactors of a group. */
public enum AcceptMode {
    /**
     * Each reactor has a listening socket of its own, and the kernel chooses one by the addresses and ports of both
     * sides: SO_REUSEPORT in socket(7). Accepting is distributed too. With many connections the shares are about equal;
     * with a few they may differ. Another program of the same user that sets the option may join the port.
     */
    REUSE_PORT,
    /** One reactor accepts all connections and hands each to the next reactor in turn, so that the shares are equal. */
    HAND_OVER
}
