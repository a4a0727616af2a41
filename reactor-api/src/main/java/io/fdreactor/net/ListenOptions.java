// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

/**
 * How to listen. Immutable; start from {@link #DEFAULT}.
 *
 * @param bindAddress an IPv4 or IPv6 address to listen on, {@code "::1"} or {@code "fe80::1%eth0"} for instance;
 *     empty for every IPv4 address, {@code "::"} for every address of both kinds
 * @param backlog how many connections may wait to be accepted: listen(2)
 * @param reuseAddress take a port that old connections still linger on: SO_REUSEADDR in socket(7)
 * @param reusePort share the port with other listeners that set it too: SO_REUSEPORT in socket(7)
 * @param noDelay TCP_NODELAY for the connections; on by default, since writes are gathered anyway
 * @param keepAlive SO_KEEPALIVE for the connections
 */
public record ListenOptions(
        String bindAddress, int backlog, boolean reuseAddress, boolean reusePort, boolean noDelay, boolean keepAlive) {
    /** Every IPv4 address, a backlog of 1,024, the address reused, the port not shared, no delay. */
    public static final ListenOptions DEFAULT = new ListenOptions("", 1024, true, false, true, false);

    /** Checks the backlog. */
    public ListenOptions {
        if (backlog < 1) {
            throw new IllegalArgumentException("a backlog is at least 1, not [" + backlog + "]");
        }
    }

    /** With another {@link #bindAddress}. */
    public ListenOptions withBindAddress(String value) {
        return new ListenOptions(value, backlog, reuseAddress, reusePort, noDelay, keepAlive);
    }

    /** With another {@link #backlog}. */
    public ListenOptions withBacklog(int value) {
        return new ListenOptions(bindAddress, value, reuseAddress, reusePort, noDelay, keepAlive);
    }

    /** With another {@link #reuseAddress}. */
    public ListenOptions withReuseAddress(boolean value) {
        return new ListenOptions(bindAddress, backlog, value, reusePort, noDelay, keepAlive);
    }

    /** With another {@link #reusePort}. */
    public ListenOptions withReusePort(boolean value) {
        return new ListenOptions(bindAddress, backlog, reuseAddress, value, noDelay, keepAlive);
    }

    /** With another {@link #noDelay}. */
    public ListenOptions withNoDelay(boolean value) {
        return new ListenOptions(bindAddress, backlog, reuseAddress, reusePort, value, keepAlive);
    }

    /** With another {@link #keepAlive}. */
    public ListenOptions withKeepAlive(boolean value) {
        return new ListenOptions(bindAddress, backlog, reuseAddress, reusePort, noDelay, value);
    }
}
