// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has written and the kernel hasn't taken: a queue of chunks, held only while there is
 * something in it, so an idle connection costs none.
 *
 * <p>Each chunk's bytes lie between its position and its limit; the last one alone is being filled, its limit
 * being where the next byte goes.
 */
final class WriteQueue {
    /** How many chunks one system call takes at most: 1 MiB. */
    private static final int GATHER = 64;

    private @Nullable IoBuffer[] chunks = new IoBuffer[1];
    private int first;
    private int count;
    private long bytes;
    /** What {@link #writeTo} offers in one call. Shared by all queues of a reactor. */
    private final IoBuffer[] gather;

    private final BufferPool pool;

    WriteQueue(BufferPool pool, IoBuffer[] gather) {
        this.pool = pool;
        this.gather = gather;
    }

    static IoBuffer[] newGather() {
        return new IoBuffer[GATHER];
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    long bytes() {
        return bytes;
    }

    /** Copies all of the data, and moves its position to its limit. */
    void append(ByteBuffer data) {
        int left = data.remaining();
        bytes += left;
        while (left > 0) {
            ByteBuffer chunk = last();
            int start = chunk.limit();
            int length = Math.min(left, chunk.capacity() - start);
            chunk.limit(start + length);
            chunk.put(start, data, data.position(), length);
            data.position(data.position() + length);
            left -= length;
        }
    }

    /**
     * Offers what is there to the kernel, in one call.
     *
     * @return whether the kernel took all it was offered, so that it may take more
     */
    boolean writeTo(StreamSocket socket) throws IOException {
        long offered;
        long written;
        if (count == 1) {
            IoBuffer only = chunk(0);
            offered = only.bytes().remaining();
            written = socket.write(only, only.bytes().position(), (int) offered);
        } else {
            int gathered = Math.min(count, gather.length);
            offered = 0;
            for (int i = 0; i < gathered; i++) {
                gather[i] = chunk(i);
                offered += gather[i].bytes().remaining();
            }
            written = socket.write(gather, gathered);
            Arrays.fill(gather, 0, gathered, null);
        }
        remove(written);
        return written == offered;
    }

    void clear() {
        remove(bytes);
    }

    private void remove(long written) {
        bytes -= written;
        long left = written;
        while (left > 0) {
            IoBuffer chunk = chunk(0);
            int length = chunk.bytes().remaining();
            if (left < length) {
                chunk.bytes().position(chunk.bytes().position() + (int) left);
                return;
            }
            left -= length;
            chunks[first] = null;
            first = first + 1 == chunks.length ? 0 : first + 1;
            count--;
            pool.giveBack(chunk);
        }
    }

    /** The chunk to fill, with room for a byte at least. */
    private ByteBuffer last() {
        if (count > 0) {
            ByteBuffer bytesOfLast = chunk(count - 1).bytes();
            if (bytesOfLast.limit() < bytesOfLast.capacity()) {
                return bytesOfLast;
            }
        }
        if (count == chunks.length) {
            @Nullable IoBuffer[] larger = new IoBuffer[count * 2];
            for (int i = 0; i < count; i++) {
                larger[i] = chunk(i);
            }
            chunks = larger;
            first = 0;
        }
        IoBuffer chunk = pool.take();
        chunk.bytes().limit(0);
        chunks[first + count++ & chunks.length - 1] = chunk;
        return chunk.bytes();
    }

    /** The chunk at this place of the queue; the array's length is a power of two. */
    private IoBuffer chunk(int place) {
        IoBuffer chunk = chunks[first + place & chunks.length - 1];
        if (chunk == null) {
            throw new AssertionError("no chunk at [" + place + "] of [" + count + "]");
        }
        return chunk;
    }
}
