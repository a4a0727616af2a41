// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.util.Objects;

/**
 * How to listen. Immutable; start from {@link #DEFAULT}.
 *
 * @param bindAddress an IPv4 or IPv6 address to listen on, {@code "::1"} or {@code "fe80::1%eth0"} for instance;
 *     empty for every IPv4 address, {@code "::"} for every address of both kinds
 * @param backlog how many connections may wait to be accepted: listen(2)
 * @param reuseAddress take a port that old connections still linger on: SO_REUSEADDR in socket(7)
 * @param reusePort share the port with other listeners that set it too: SO_REUSEPORT in socket(7)
 * @param tcp what the connections are like
 */
public record ListenOptions(String bindAddress, int backlog, boolean reuseAddress, boolean reusePort, TcpOptions tcp) {
    /** Every IPv4 address, a backlog of 1,024, the address reused, the port not shared, {@link TcpOptions#DEFAULT}. */
    public static final ListenOptions DEFAULT = new ListenOptions("", 1024, true, false, TcpOptions.DEFAULT);

    /** Checks each. */
    public ListenOptions {
        if (backlog < 1) {
            throw new IllegalArgumentException("a backlog is at least 1, not [" + backlog + "]");
        }
        Objects.requireNonNull(bindAddress, "an address to listen on can't be null: use \"\" for every IPv4 address");
        Objects.requireNonNull(tcp, "TCP options can't be null: use TcpOptions.DEFAULT");
    }

    /** With another {@link #bindAddress}. */
    public ListenOptions withBindAddress(String value) {
        return new ListenOptions(value, backlog, reuseAddress, reusePort, tcp);
    }

    /** With another {@link #backlog}. */
    public ListenOptions withBacklog(int value) {
        return new ListenOptions(bindAddress, value, reuseAddress, reusePort, tcp);
    }

    /** With another {@link #reuseAddress}. */
    public ListenOptions withReuseAddress(boolean value) {
        return new ListenOptions(bindAddress, backlog, value, reusePort, tcp);
    }

    /** With another {@link #reusePort}. */
    public ListenOptions withReusePort(boolean value) {
        return new ListenOptions(bindAddress, backlog, reuseAddress, value, tcp);
    }

    /** With another {@link #tcp}. */
    public ListenOptions withTcp(TcpOptions value) {
        return new ListenOptions(bindAddress, backlog, reuseAddress, reusePort, value);
    }

    /** With another {@link TcpOptions#noDelay}. */
    public ListenOptions withNoDelay(boolean value) {
        return withTcp(tcp.withNoDelay(value));
    }

    /** With another {@link TcpOptions#keepAlive}. */
    public ListenOptions withKeepAlive(boolean value) {
        return withTcp(tcp.withKeepAlive(value));
    }
}
