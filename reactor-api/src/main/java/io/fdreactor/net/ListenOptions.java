// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How to listen. Immutable, and safe to share between threads; start from {@link #DEFAULT}. */
public final class ListenOptions {
    /** Every IPv4 address, a backlog of 1,024, the address reused, the port not shared, {@link TcpOptions#DEFAULT}. */
    public static final ListenOptions DEFAULT = new ListenOptions("", 1024, true, false, TcpOptions.DEFAULT);

    private final String bindAddress;
    private final int backlog;
    private final boolean reuseAddress;
    private final boolean reusePort;
    private final TcpOptions tcp;

    private ListenOptions(String bindAddress, int backlog, boolean reuseAddress, boolean reusePort, TcpOptions tcp) {
        if (backlog < 1) {
            throw new IllegalArgumentException("a backlog is at least 1, not [" + backlog + "]");
        }
        this.bindAddress = Objects.requireNonNull(
                bindAddress, "an address to listen on can't be null: use \"\" for every IPv4 address");
        this.backlog = backlog;
        this.reuseAddress = reuseAddress;
        this.reusePort = reusePort;
        this.tcp = Objects.requireNonNull(tcp, "TCP options can't be null: use TcpOptions.DEFAULT");
    }

    /**
     * Returns the IPv4 or IPv6 address to listen on, such as {@code "::1"} or {@code "fe80::1%eth0"}.
     *
     * @return the address; empty, the default, for every IPv4 address, {@code "::"} for every address of both families
     */
    public String bindAddress() {
        return bindAddress;
    }

    /** {@return the maximum number of connections that wait to be accepted, listen(2); 1,024 by default} */
    public int backlog() {
        return backlog;
    }

    /**
     * {@return whether to use a port on which old connections still linger, SO_REUSEADDR in socket(7); true by default}
     */
    public boolean reuseAddress() {
        return reuseAddress;
    }

    /**
     * {@return whether to share the port with other listeners that set this too, SO_REUSEPORT in socket(7); false by
     * default}
     */
    public boolean reusePort() {
        return reusePort;
    }

    /** {@return the options of the connections that are accepted} */
    public TcpOptions tcp() {
        return tcp;
    }

    /**
     * With another {@link #bindAddress}.
     *
     * @param value the address, not null
     * @return a changed copy
     */
    public ListenOptions withBindAddress(String value) {
        return new ListenOptions(value, backlog, reuseAddress, reusePort, tcp);
    }

    /**
     * With another {@link #backlog}.
     *
     * @param value the number of connections, at least 1
     * @return a changed copy
     * @throws IllegalArgumentException if less than 1
     */
    public ListenOptions withBacklog(int value) {
        return new ListenOptions(bindAddress, value, reuseAddress, reusePort, tcp);
    }

    /**
     * With another {@link #reuseAddress}.
     *
     * @param value whether to use a port on which old connections still linger
     * @return a changed copy
     */
    public ListenOptions withReuseAddress(boolean value) {
        return new ListenOptions(bindAddress, backlog, value, reusePort, tcp);
    }

    /**
     * With another {@link #reusePort}.
     *
     * @param value whether to share the port
     * @return a changed copy
     */
    public ListenOptions withReusePort(boolean value) {
        return new ListenOptions(bindAddress, backlog, reuseAddress, value, tcp);
    }

    /**
     * With another {@link #tcp}.
     *
     * @param value the options, not null
     * @return a changed copy
     */
    public ListenOptions withTcp(TcpOptions value) {
        return new ListenOptions(bindAddress, backlog, reuseAddress, reusePort, value);
    }

    /**
     * With another {@link TcpOptions#noDelay}.
     *
     * @param value whether small writes are sent at once
     * @return a changed copy
     */
    public ListenOptions withNoDelay(boolean value) {
        return withTcp(tcp.withNoDelay(value));
    }

    /**
     * With another {@link TcpOptions#keepAlive}.
     *
     * @param value whether the system probes a silent peer
     * @return a changed copy
     */
    public ListenOptions withKeepAlive(boolean value) {
        return withTcp(tcp.withKeepAlive(value));
    }

    private List<Object> values() {
        return List.of(bindAddress, backlog, reuseAddress, reusePort, tcp);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ListenOptions options && values().equals(options.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "ListenOptions[bindAddress=" + bindAddress + ", backlog=" + backlog + ", reuseAddress=" + reuseAddress
                + ", reusePort=" + reusePort + ", tcp=" + tcp + "]";
    }
}
