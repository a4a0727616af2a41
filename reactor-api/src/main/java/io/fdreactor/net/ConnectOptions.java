// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to connect. Immutable; start from {@link #DEFAULT}.
 *
 * @param timeout how long an attempt may take, looking the name up included; null for as long as the system likes
 * @param bindAddress the local address and port to connect from, or null for any
 * @param tcp what the connection is like
 */
public record ConnectOptions(
        @Nullable Duration timeout, @Nullable InetSocketAddress bindAddress, TcpOptions tcp) {
    /** Thirty seconds, any local address, {@link TcpOptions#DEFAULT}. */
    public static final ConnectOptions DEFAULT = new ConnectOptions(Duration.ofSeconds(30), null, TcpOptions.DEFAULT);

    /** Checks each. */
    public ConnectOptions {
        if (timeout != null && timeout.isNegative()) {
            throw new IllegalArgumentException("a timeout can't be negative: [" + timeout + "]");
        }
        Objects.requireNonNull(tcp, "TCP options can't be null: use TcpOptions.DEFAULT");
    }

    /** With another {@link #timeout}. */
    public ConnectOptions withTimeout(@Nullable Duration value) {
        return new ConnectOptions(value, bindAddress, tcp);
    }

    /** With another {@link #bindAddress}. */
    public ConnectOptions withBindAddress(@Nullable InetSocketAddress value) {
        return new ConnectOptions(timeout, value, tcp);
    }

    /** With another {@link #tcp}. */
    public ConnectOptions withTcp(TcpOptions value) {
        return new ConnectOptions(timeout, bindAddress, value);
    }

    /** With another {@link TcpOptions#noDelay}. */
    public ConnectOptions withNoDelay(boolean value) {
        return withTcp(tcp.withNoDelay(value));
    }

    /** With another {@link TcpOptions#keepAlive}. */
    public ConnectOptions withKeepAlive(boolean value) {
        return withTcp(tcp.withKeepAlive(value));
    }
}
