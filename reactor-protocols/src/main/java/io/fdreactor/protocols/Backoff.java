// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The waiting times between repeated attempts: longer each time, up to a limit, with a random part, so that a thousand
 * clients of one server don't reconnect at the same time. Immutable, and safe to share between threads; start from
 * {@link #DEFAULT}.
 */
public final class Backoff {
    /** Twisted's: from one second to an hour, by a factor of e, for ever. */
    public static final Backoff DEFAULT =
            new Backoff(Duration.ofSeconds(1), Duration.ofHours(1), Math.E, 0.11962656472, -1);

    private final Duration initialDelay;
    private final Duration maxDelay;
    private final double factor;
    private final double jitter;
    private final int maxRetries;

    private Backoff(Duration initialDelay, Duration maxDelay, double factor, double jitter, int maxRetries) {
        if (initialDelay.isNegative() || initialDelay.isZero() || maxDelay.compareTo(initialDelay) < 0) {
            throw new IllegalArgumentException("a delay is longer than 0 and no longer than the longest: ["
                    + initialDelay + "], [" + maxDelay + "]");
        }
        if (!(factor >= 1) || !(jitter >= 0) || maxRetries < -1) {
            throw new IllegalArgumentException(
                    "a factor is at least 1, a jitter at least 0, a number of retries at least -1: [" + factor + "], ["
                            + jitter + "], [" + maxRetries + "]");
        }
        this.initialDelay = initialDelay;
        this.maxDelay = maxDelay;
        this.factor = factor;
        this.jitter = jitter;
        this.maxRetries = maxRetries;
    }

    /** {@return the delay from which the first wait is derived; more than 0} */
    public Duration initialDelay() {
        return initialDelay;
    }

    /** {@return the longest wait} */
    public Duration maxDelay() {
        return maxDelay;
    }

    /** {@return the ratio of each wait to the one before; at least 1} */
    public double factor() {
        return factor;
    }

    /** {@return the standard deviation of a wait, as a fraction of it; 0 for none} */
    public double jitter() {
        return jitter;
    }

    /**
     * {@return the number of attempts after the first, until {@link ReconnectingClientFactory#resetDelay}; -1 for no
     * limit}
     */
    public int maxRetries() {
        return maxRetries;
    }

    /**
     * With another {@link #initialDelay}.
     *
     * @param value the delay, more than 0
     * @return a changed copy
     */
    public Backoff withInitialDelay(Duration value) {
        return new Backoff(value, maxDelay, factor, jitter, maxRetries);
    }

    /**
     * With another {@link #maxDelay}.
     *
     * @param value the longest wait
     * @return a changed copy
     */
    public Backoff withMaxDelay(Duration value) {
        return new Backoff(initialDelay, value, factor, jitter, maxRetries);
    }

    /**
     * With another {@link #factor}.
     *
     * @param value the ratio, at least 1
     * @return a changed copy
     */
    public Backoff withFactor(double value) {
        return new Backoff(initialDelay, maxDelay, value, jitter, maxRetries);
    }

    /**
     * With another {@link #jitter}.
     *
     * @param value the fraction, 0 for none
     * @return a changed copy
     */
    public Backoff withJitter(double value) {
        return new Backoff(initialDelay, maxDelay, factor, value, maxRetries);
    }

    /**
     * With another {@link #maxRetries}.
     *
     * @param value the number of attempts after the first, -1 for no limit
     * @return a changed copy
     */
    public Backoff withMaxRetries(int value) {
        return new Backoff(initialDelay, maxDelay, factor, jitter, value);
    }

    boolean allows(int retries) {
        return maxRetries < 0 || retries < maxRetries;
    }

    /** The wait that follows a wait of this many seconds, without its random part. */
    double nextSeconds(double lastSeconds) {
        return Math.min(lastSeconds * factor, seconds(maxDelay));
    }

    /** A random wait of about this many seconds. */
    Duration about(double delaySeconds, Random random) {
        double jittered = delaySeconds * (1 + jitter * random.nextGaussian());
        double capped = Math.max(0, Math.min(jittered, seconds(maxDelay)));
        return Duration.ofNanos((long) (capped * 1e9));
    }

    static double seconds(Duration duration) {
        return duration.toSeconds() + duration.toNanosPart() / 1e9;
    }

    private List<Object> values() {
        return List.of(initialDelay, maxDelay, factor, jitter, maxRetries);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Backoff backoff && values().equals(backoff.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "Backoff[initialDelay=" + initialDelay + ", maxDelay=" + maxDelay + ", factor=" + factor + ", jitter="
                + jitter + ", maxRetries=" + maxRetries + "]";
    }
}
