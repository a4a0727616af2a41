// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets;
import org.jspecify.annotations.Nullable;

/**
 * Chunks of direct memory for what is written, given out empty and taken back; a few are kept. No more than a maximum
 * are out at a time.
 *
 * <p>The JVM runs the garbage collector and waits for it, up to half a second, before it refuses direct memory. So after
 * a refusal it isn't asked again until half of the chunks that were out then have come back.
 */
final class BufferPool {
    static final int CHUNK_BYTES = 16 * 1024;
    private static final int MAX_KEPT = 64;

    /** No chunk is to be had. A shared instance: there may be no memory for another. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1;

        static final Exhausted INSTANCE = new Exhausted();

        private Exhausted() {
            super("no chunk is left", null, false, false);
        }
    }

    /** Loaded with the pool, since later there may be no memory for it. */
    private final Exhausted exhausted = Exhausted.INSTANCE;

    private final Sockets sockets;
    private final long maxOut;
    private final @Nullable IoBuffer[] kept = new IoBuffer[MAX_KEPT];
    private int keptCount;
    private long out;
    /** Above this many out, the JVM isn't asked for more. */
    private long askUpTo = Long.MAX_VALUE;

    /** @param maxBytes how many bytes of chunks may be out at a time; a last chunk may exceed it */
    BufferPool(Sockets sockets, long maxBytes) {
        this.sockets = sockets;
        this.maxOut = Math.max(1, maxBytes / CHUNK_BYTES);
    }

    /**
     * A chunk whose bytes are cleared: position 0, limit at its capacity.
     *
     * @throws Exhausted if the maximum is out, or the JVM has no direct memory left
     */
    IoBuffer take() {
        if (out >= maxOut) {
            throw exhausted;
        }
        IoBuffer chunk = keptCount == 0 ? null : kept[keptCount - 1];
        if (chunk == null) {
            chunk = allocate(CHUNK_BYTES);
            chunk.bytes().clear();
        } else {
            chunk.bytes().clear();
            kept[--keptCount] = null;
        }
        out++;
        return chunk;
    }

    /**
     * Direct memory that isn't a chunk, and never given back.
     *
     * @throws Exhausted if the JVM has none left
     */
    IoBuffer allocate(int bytes) {
        if (out > askUpTo) {
            throw exhausted;
        }
        try {
            IoBuffer buffer = sockets.allocate(bytes);
            askUpTo = Long.MAX_VALUE;
            return buffer;
        } catch (OutOfMemoryError e) {
            askUpTo = out / 2;
            throw exhausted;
        }
    }

    /** Whether the maximum is out; otherwise it is the JVM that has no more. */
    boolean isAtMaximum() {
        return out >= maxOut;
    }

    /** How many bytes of chunks may be out. */
    long maxBytes() {
        return maxOut * CHUNK_BYTES;
    }

    /** Takes one back that {@link #take} has given out. Calls nothing, so that a full stack can't stop it half-way. */
    void giveBack(IoBuffer chunk) {
        out--;
        if (keptCount < MAX_KEPT) {
            kept[keptCount++] = chunk;
        }
    }
}
