// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.group;

/** How the connections to one port come to the reactors of a group. */
public enum AcceptMode {
    /**
     * Each reactor has a listening socket of its own, and the kernel chooses by the addresses and ports of both sides:
     * SO_REUSEPORT in socket(7). Accepting is spread, too. With many connections the shares are about equal; with a few
     * they needn't be. Another program of the same user that sets it as well may join the port.
     */
    REUSE_PORT,
    /** One reactor accepts and hands each connection to the next one in turn, so that the shares are equal. */
    HAND_OVER
}
