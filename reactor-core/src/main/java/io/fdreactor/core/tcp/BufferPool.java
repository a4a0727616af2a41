// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Chunks of direct memory for what is written, given out empty and taken back; a few are kept. */
final class BufferPool {
    static final int CHUNK_BYTES = 16 * 1024;
    private static final int MAX_KEPT = 64;

    private final Sockets sockets;
    private final Deque<IoBuffer> kept = new ArrayDeque<>(MAX_KEPT);

    BufferPool(Sockets sockets) {
        this.sockets = sockets;
    }

    /** A chunk whose bytes are cleared: position 0, limit at its capacity. */
    IoBuffer take() {
        IoBuffer chunk = kept.poll();
        if (chunk == null) {
            chunk = sockets.allocate(CHUNK_BYTES);
        }
        chunk.bytes().clear();
        return chunk;
    }

    void giveBack(IoBuffer chunk) {
        if (kept.size() < MAX_KEPT) {
            kept.push(chunk);
        }
    }
}
