// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before another attempt: longer each time, up to a limit, with a random part, so that a thousand clients of
 * one server don't come back together. Immutable, and safe to share between threads; start from {@link #DEFAULT}.
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

    /** The delay that the first wait is derived from; more than 0. */
    public Duration initialDelay() {
        return initialDelay;
    }

    /** The longest wait. */
    public Duration maxDelay() {
        return maxDelay;
    }

    /** The ratio of each wait to the one before; at least 1. */
    public double factor() {
        return factor;
    }

    /** The standard deviation of a wait, as a fraction of it; 0 for none. */
    public double jitter() {
        return jitter;
    }

    /**
     * The number of attempts after the first, until {@link ReconnectingClientFactory#resetDelay}; -1 for no limit.
     */
    public int maxRetries() {
        return maxRetries;
    }

    /** With another {@link #initialDelay}. */
    public Backoff withInitialDelay(Duration value) {
        return new Backoff(value, maxDelay, factor, jitter, maxRetries);
    }

    /** With another {@link #maxDelay}. */
    public Backoff withMaxDelay(Duration value) {
        return new Backoff(initialDelay, value, factor, jitter, maxRetries);
    }

    /** With another {@link #factor}. */
    public Backoff withFactor(double value) {
        return new Backoff(initialDelay, maxDelay, value, jitter, maxRetries);
    }

    /** With another {@link #jitter}. */
    public Backoff withJitter(double value) {
        return new Backoff(initialDelay, maxDelay, factor, value, maxRetries);
    }

    /** With another {@link #maxRetries}. */
    public Backoff withMaxRetries(int value) {
        return new Backoff(initialDelay, maxDelay, factor, jitter, value);
    }

    boolean allows(int retries) {
        return maxRetries < 0 || retries < maxRetries;
    }

    /** How long to wait after a wait of so many seconds, without the part that is chance. */
    double nextSeconds(double lastSeconds) {
        return Math.min(lastSeconds * factor, seconds(maxDelay));
    }

    /** A wait of about so many seconds. */
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
