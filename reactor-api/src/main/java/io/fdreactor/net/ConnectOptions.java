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

    /** Thirty seconds, a quarter of a second for each address's head start, any local address, {@link TcpOptions#DEFAULT}. */
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
     * How long connecting may take in all, looking the name up and trying each of its addresses; null for as long as the
     * system likes. 30 seconds by default.
     */
    public @Nullable Duration timeout() {
        return timeout;
    }

    /**
     * How long one address of a name is tried before the next one is tried beside it: RFC 8305's Connection Attempt Delay,
     * 10 ms at least, where it recommends 100 ms to 2 s. 250 ms by default.
     */
    public Duration attemptDelay() {
        return attemptDelay;
    }

    /**
     * The local address and port to connect from, or null, the default, for any. Addresses of the other family, IPv4 or
     * IPv6, aren't tried then; nor, if the port isn't 0, two at a time.
     */
    public @Nullable InetSocketAddress bindAddress() {
        return bindAddress;
    }

    /** Options of the connection. */
    public TcpOptions tcp() {
        return tcp;
    }

    /**
     * With another {@link #timeout}.
     *
     * @throws IllegalArgumentException if negative
     */
    public ConnectOptions withTimeout(@Nullable Duration value) {
        return new ConnectOptions(value, attemptDelay, bindAddress, tcp);
    }

    /**
     * With another {@link #attemptDelay}.
     *
     * @throws IllegalArgumentException if less than 10 ms
     */
    public ConnectOptions withAttemptDelay(Duration value) {
        return new ConnectOptions(timeout, value, bindAddress, tcp);
    }

    /** With another {@link #bindAddress}. */
    public ConnectOptions withBindAddress(@Nullable InetSocketAddress value) {
        return new ConnectOptions(timeout, attemptDelay, value, tcp);
    }

    /** With another {@link #tcp}. */
    public ConnectOptions withTcp(TcpOptions value) {
        return new ConnectOptions(timeout, attemptDelay, bindAddress, value);
    }

    /** With another {@link TcpOptions#noDelay}. */
    public ConnectOptions withNoDelay(boolean value) {
        return withTcp(tcp.withNoDelay(value));
    }

    /** With another {@link TcpOptions#keepAlive}. */
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
