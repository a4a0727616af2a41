// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Time limits for each phase of a connection. When one expires, the connection is reset, and
 * {@link Protocol#connectionLost} gets {@link io.fdreactor.ConnectionTimedOut}, which names it. Immutable, and safe to
 * share between threads; start from {@link #NONE}. Twisted has none of them: there, a peer that never reads holds its
 * connection for ever.
 *
 * <p>Each limit is longer than zero, or null for none. No limit expires early; how late its expiry is noticed depends
 * on how busy the loop is. While this side has paused reading ({@link Transport#pauseProducing}), it can't notice the
 * peer's data: the handshake limit doesn't count then, and the idle limit only while output waits; both start again
 * when reading resumes.
 */
public final class Deadlines {
    /** No limits. */
    public static final Deadlines NONE = new Deadlines(null, null, null, null);

    private final @Nullable Duration handshake;
    private final @Nullable Duration idle;
    private final @Nullable Duration write;
    private final @Nullable Duration close;

    private Deadlines(
            @Nullable Duration handshake, @Nullable Duration idle, @Nullable Duration write, @Nullable Duration close) {
        this.handshake = checked("handshake", handshake);
        this.idle = checked("idle", idle);
        this.write = checked("write", write);
        this.close = checked("close", close);
    }

    private static @Nullable Duration checked(String name, @Nullable Duration value) {
        if (value != null && (value.isNegative() || value.isZero())) {
            throw new IllegalArgumentException(
                    "the [" + name + "] deadline is longer than zero, or null for none, not [" + value + "]");
        }
        return value;
    }

    /**
     * Returns the limit from the establishment of the connection until the peer's first byte. It is meant for a side
     * whose peer speaks first; on the other side it would expire for no reason.
     *
     * @return the limit, or null for none
     */
    public @Nullable Duration handshake() {
        return handshake;
    }

    /**
     * Returns how long the connection may make no progress: nothing is read, and the kernel takes none of the output.
     *
     * @return the limit, or null for none
     */
    public @Nullable Duration idle() {
        return idle;
    }

    /**
     * Returns how long output may wait while the kernel takes none of it, because the peer doesn't read.
     *
     * @return the limit, or null for none
     */
    public @Nullable Duration write() {
        return write;
    }

    /**
     * Returns the limit from {@link Transport#loseConnection}, or from the peer's end, until everything is sent and
     * closed, regardless of progress.
     *
     * @return the limit, or null for none
     */
    public @Nullable Duration close() {
        return close;
    }

    /**
     * With another {@link #handshake}.
     *
     * @param value the limit, or null for none
     * @return a changed copy
     * @throws IllegalArgumentException if zero or negative
     */
    public Deadlines withHandshake(@Nullable Duration value) {
        return new Deadlines(value, idle, write, close);
    }

    /**
     * With another {@link #idle}.
     *
     * @param value the limit, or null for none
     * @return a changed copy
     * @throws IllegalArgumentException if zero or negative
     */
    public Deadlines withIdle(@Nullable Duration value) {
        return new Deadlines(handshake, value, write, close);
    }

    /**
     * With another {@link #write}.
     *
     * @param value the limit, or null for none
     * @return a changed copy
     * @throws IllegalArgumentException if zero or negative
     */
    public Deadlines withWrite(@Nullable Duration value) {
        return new Deadlines(handshake, idle, value, close);
    }

    /**
     * With another {@link #close}.
     *
     * @param value the limit, or null for none
     * @return a changed copy
     * @throws IllegalArgumentException if zero or negative
     */
    public Deadlines withClose(@Nullable Duration value) {
        return new Deadlines(handshake, idle, write, value);
    }

    private List<@Nullable Duration> values() {
        return Arrays.asList(handshake, idle, write, close);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Deadlines deadlines && values().equals(deadlines.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "Deadlines[handshake=" + handshake + ", idle=" + idle + ", write=" + write + ", close=" + close + "]";
    }
}
