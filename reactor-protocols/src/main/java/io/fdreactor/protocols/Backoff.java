// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import java.time.Duration;
import java.util.Random;

/**
 * How long to wait before another attempt: longer each time, up to a limit, and a little by chance, so that a thousand
 * clients of one server don't come back together. Immutable; start from {@link #DEFAULT}.
 *
 * @param initialDelay what the first wait is counted from; more than 0
 * @param maxDelay the longest wait there is
 * @param factor by what each wait is longer than the one before; at least 1
 * @param jitter the standard deviation of a wait, as a part of it; 0 for none
 * @param maxRetries how many attempts there are after the first, until {@link ReconnectingClientFactory#resetDelay}; -1 for
 *     no limit
 */
public record Backoff(Duration initialDelay, Duration maxDelay, double factor, double jitter, int maxRetries) {
    /** Twisted's: from one second to an hour, by a factor of e, for ever. */
    public static final Backoff DEFAULT =
            new Backoff(Duration.ofSeconds(1), Duration.ofHours(1), Math.E, 0.11962656472, -1);

    /** Checks all of it. */
    public Backoff {
        if (initialDelay.isNegative() || initialDelay.isZero() || maxDelay.compareTo(initialDelay) < 0) {
            throw new IllegalArgumentException("a delay is longer than 0 and no longer than the longest: ["
                    + initialDelay + "], [" + maxDelay + "]");
        }
        if (!(factor >= 1) || !(jitter >= 0) || maxRetries < -1) {
            throw new IllegalArgumentException(
                    "a factor is at least 1, a jitter at least 0, a number of retries at least -1: [" + factor + "], ["
                            + jitter + "], [" + maxRetries + "]");
        }
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
}
