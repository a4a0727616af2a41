// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a connection may take over what. When one of these is over, the connection is reset, and
 * {@link Protocol#connectionLost} gets {@link io.fdreactor.ConnectionTimedOut}, which names it. Immutable; start from
 * {@link #NONE}. Twisted has none of them: there, a peer that never reads holds its connection for ever.
 *
 * <p>Each is longer than zero, or null for no limit. None passes early; how late one is noticed depends on how busy the
 * loop is. While this side has paused reading ({@link Transport#pauseProducing}), the peer can't be heard: the handshake
 * doesn't count then, nor does idleness, unless output waits; both begin anew when reading goes on.
 *
 * @param handshake from the connection's making until the peer's first byte. For a side that lets its peer speak
 *     first; the other one would wait for nothing
 * @param idle nothing read, and nothing of what was written taken by the kernel
 * @param write output waits, and the kernel takes none of it: the peer doesn't read
 * @param close from {@link Transport#loseConnection}, or from the peer's end, until all is sent and closed, whatever
 *     progress it makes
 */
public record Deadlines(
        @Nullable Duration handshake,
        @Nullable Duration idle,
        @Nullable Duration write,
        @Nullable Duration close) {
    /** No limit to anything. */
    public static final Deadlines NONE = new Deadlines(null, null, null, null);

    /** Checks each. */
    public Deadlines {
        check("handshake", handshake);
        check("idle", idle);
        check("write", write);
        check("close", close);
    }

    private static void check(String name, @Nullable Duration value) {
        if (value != null && (value.isNegative() || value.isZero())) {
            throw new IllegalArgumentException(
                    "the [" + name + "] deadline is longer than zero, or null for none, not [" + value + "]");
        }
    }

    /** With another {@link #handshake}. */
    public Deadlines withHandshake(@Nullable Duration value) {
        return new Deadlines(value, idle, write, close);
    }

    /** With another {@link #idle}. */
    public Deadlines withIdle(@Nullable Duration value) {
        return new Deadlines(handshake, value, write, close);
    }

    /** With another {@link #write}. */
    public Deadlines withWrite(@Nullable Duration value) {
        return new Deadlines(handshake, idle, value, close);
    }

    /** With another {@link #close}. */
    public Deadlines withClose(@Nullable Duration value) {
        return new Deadlines(handshake, idle, write, value);
    }
}
