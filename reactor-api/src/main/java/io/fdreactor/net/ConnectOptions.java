// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How to connect. Immutable, and safe to share between threads; start from {@link #DEFAULT}. */
public final class ConnectOptions {
    private static final Duration LEAST_ATTEMPT_DELAY = Duration.ofMillis(10);

    /** A timeout of 30 seconds, an attempt delay of 250 ms, any local address, {@link TcpOptions#DEFAULT}. */
    public static final ConnectOptions DEFAULT =
            new ConnectOptions(Duration.ofSeconds(30), Duration.ofMillis(250), null, TcpOptions.DEFAULT);

    private final @Nullable Duration timeout;
    private final Duration attemptDelay;
    private final @Nullable InetSocketAddress bindAddress;
    private final TcpOptions tcp;

    private ConnectOptions(
            @Nullable Duration timeout,
            Duration attemptDelay,
            @Nullable InetSocketAddress bindAddress,
            TcpOptions tcp) {
        if (timeout != null && timeout.isNegative()) {
            throw new IllegalArgumentException("a timeout can't be negative: [" + timeout + "]");
        }
        Objects.requireNonNull(attemptDelay, "an attempt delay can't be null: use ConnectOptions.DEFAULT's");
        if (attemptDelay.compareTo(LEAST_ATTEMPT_DELAY) < 0) {
            throw new IllegalArgumentException(
                    "an attempt delay is at least [" + LEAST_ATTEMPT_DELAY + "], not [" + attemptDelay + "]");
        }
        this.timeout = timeout;
        this.attemptDelay = attemptDelay;
        this.bindAddress = bindAddress;
        this.tcp = Objects.requireNonNull(tcp, "TCP options can't be null: use TcpOptions.DEFAULT");
    }

    /**
     * Returns the longest time that connecting may take, including the look-up of the name and the attempts at each of
     * its addresses. 30 seconds by default.
     *
     * @return the time, or null to leave it to the system
     */
    public @Nullable Duration timeout() {
        return timeout;
    }

    /**
     * Returns how long one address of a name is tried before the next one is tried at the same time: RFC 8305's
     * Connection Attempt Delay. The RFC recommends 100 ms to 2 s. 250 ms by default.
     *
     * @return the time, at least 10 ms
     */
    public Duration attemptDelay() {
        return attemptDelay;
    }

    /**
     * Returns the local address and port to connect from. Addresses of the other family, IPv4 or IPv6, are not tried
     * then; and if the port isn't 0, addresses are tried one at a time.
     *
     * @return the local address; null, the default, for any
     */
    public @Nullable InetSocketAddress bindAddress() {
        return bindAddress;
    }

    /** {@return the options of the connection} */
    public TcpOptions tcp() {
        return tcp;
    }

    /**
     * With another {@link #timeout}.
     *
     * @param value the time, or null to leave it to the system
     * @return a changed copy
     * @throws IllegalArgumentException if negative
     */
    public ConnectOptions withTimeout(@Nullable Duration value) {
        return new ConnectOptions(value, attemptDelay, bindAddress, tcp);
    }

    /**
     * With another {@link #attemptDelay}.
     *
     * @param value the time, at least 10 ms
     * @return a changed copy
     * @throws IllegalArgumentException if less than 10 ms
     */
    public ConnectOptions withAttemptDelay(Duration value) {
        return new ConnectOptions(timeout, value, bindAddress, tcp);
    }

    /**
     * With another {@link #bindAddress}.
     *
     * @param value the local address, or null for any
     * @return a changed copy
     */
    public ConnectOptions withBindAddress(@Nullable InetSocketAddress value) {
        return new ConnectOptions(timeout, attemptDelay, value, tcp);
    }

    /**
     * With another {@link #tcp}.
     *
     * @param value the options, not null
     * @return a changed copy
     */
    public ConnectOptions withTcp(TcpOptions value) {
        return new ConnectOptions(timeout, attemptDelay, bindAddress, value);
    }

    /**
     * With another {@link TcpOptions#noDelay}.
     *
     * @param value whether small writes are sent at once
     * @return a changed copy
     */
    public ConnectOptions withNoDelay(boolean value) {
        return withTcp(tcp.withNoDelay(value));
    }

    /**
     * With another {@link TcpOptions#keepAlive}.
     *
     * @param value whether the system probes a silent peer
     * @return a changed copy
     */
    public ConnectOptions withKeepAlive(boolean value) {
        return withTcp(tcp.withKeepAlive(value));
    }

    private List<@Nullable Object> values() {
        return Arrays.asList(timeout, attemptDelay, bindAddress, tcp);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConnectOptions options && values().equals(options.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "ConnectOptions[timeout=" + timeout + ", attemptDelay=" + attemptDelay + ", bindAddress=" + bindAddress
                + ", tcp=" + tcp + "]";
    }
}
