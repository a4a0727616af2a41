// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to connect. Immutable; start from {@link #DEFAULT}.
 *
 * @param timeout how long an attempt may take, looking the name up included; null for as long as the system likes
 * @param bindAddress the local address and port to connect from, or null for any
 * @param noDelay TCP_NODELAY; on by default, since writes are gathered anyway
 * @param keepAlive SO_KEEPALIVE
 */
public record ConnectOptions(
        @Nullable Duration timeout, @Nullable InetSocketAddress bindAddress, boolean noDelay, boolean keepAlive) {
    /** Thirty seconds, any local address, no delay. */
    public static final ConnectOptions DEFAULT = new ConnectOptions(Duration.ofSeconds(30), null, true, false);

    /** Checks the timeout. */
    public ConnectOptions {
        if (timeout != null && timeout.isNegative()) {
            throw new IllegalArgumentException("a timeout can't be negative: [" + timeout + "]");
        }
    }

    /** With another {@link #timeout}. */
    public ConnectOptions withTimeout(@Nullable Duration value) {
        return new ConnectOptions(value, bindAddress, noDelay, keepAlive);
    }

    /** With another {@link #bindAddress}. */
    public ConnectOptions withBindAddress(@Nullable InetSocketAddress value) {
        return new ConnectOptions(timeout, value, noDelay, keepAlive);
    }

    /** With another {@link #noDelay}. */
    public ConnectOptions withNoDelay(boolean value) {
        return new ConnectOptions(timeout, bindAddress, value, keepAlive);
    }

    /** With another {@link #keepAlive}. */
    public ConnectOptions withKeepAlive(boolean value) {
        return new ConnectOptions(timeout, bindAddress, noDelay, value);
    }
}
