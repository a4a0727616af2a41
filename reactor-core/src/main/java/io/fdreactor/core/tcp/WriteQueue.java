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
 * <p>Each chunk's bytes begin at its position. All but the last are full; the last one's end at {@link #end}. Whatever
 * lies behind is free: chunks that an append has taken belong to the queue only once all of its data is copied, so an
 * append that throws has appended nothing.
 */
final class WriteQueue {
    /** How many chunks one system call takes at most: 1 MiB. */
    private static final int GATHER = 64;

    /** A ring, whose length is a power of two. Behind those that are counted, an append that threw may have left some. */
    private @Nullable IoBuffer[] chunks = new IoBuffer[1];

    private int first;
    private int count;
    /** Where the next byte goes in the last chunk. */
    private int end;

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

    /**
     * Copies all of the data, and moves its position to its limit; or throws, and nothing has changed.
     *
     * @throws BufferPool.Exhausted if there is no memory for it
     */
    void append(ByteBuffer data) {
        int length = data.remaining();
        if (length == 0) {
            return;
        }
        int newCount = count;
        int newEnd = newCount == 0 ? BufferPool.CHUNK_BYTES : end;
        try {
            int from = data.position();
            for (int left = length; left > 0; ) {
                if (newEnd == BufferPool.CHUNK_BYTES) {
                    ensureFree(newCount);
                    newCount++;
                    newEnd = 0;
                }
                ByteBuffer chunk = chunk(newCount - 1).bytes();
                int part = Math.min(left, BufferPool.CHUNK_BYTES - newEnd);
                chunk.limit(BufferPool.CHUNK_BYTES).put(newEnd, data, from, part);
                newEnd += part;
                from += part;
                left -= part;
            }
            data.position(from);
        } catch (Throwable thrown) {
            giveBackFree();
            throw thrown;
        }
        // Nothing is called from here on, so nothing can stop it half-way.
        count = newCount;
        end = newEnd;
        bytes += length;
    }

    /** Sees to it that there is an empty chunk at this place, behind those that are counted. */
    private void ensureFree(int place) {
        if (place == chunks.length) {
            @Nullable IoBuffer[] larger = new IoBuffer[place * 2];
            for (int i = 0; i < place; i++) {
                larger[i] = chunks[first + i & chunks.length - 1];
            }
            chunks = larger;
            first = 0;
        }
        int index = first + place & chunks.length - 1;
        if (chunks[index] == null) {
            chunks[index] = pool.take();
        } else {
            chunk(place).bytes().clear();
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
        chunk(count - 1).bytes().limit(end);
        if (count == 1) {
            IoBuffer only = chunk(0);
            offered = only.bytes().remaining();
            written = socket.write(only, only.bytes().position(), (int) offered);
        } else {
            int gathered = Math.min(count, gather.length);
            try {
                offered = 0;
                for (int i = 0; i < gathered; i++) {
                    IoBuffer chunk = chunk(i);
                    gather[i] = chunk;
                    offered += chunk.bytes().remaining();
                }
                written = socket.write(gather, gathered);
            } finally {
                Arrays.fill(gather, 0, gathered, null);
            }
        }
        if (written < 0 || written > offered) {
            throw new IOException("the socket says that it has taken [" + written + "] of [" + offered + "] bytes");
        }
        remove(written);
        return written == offered;
    }

    /** Forgets all. May be called again after it was stopped half-way. */
    void clear() {
        bytes = 0;
        count = 0;
        giveBackFree();
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
            pool.giveBack(chunk);
            chunks[first] = null;
            first = first + 1 == chunks.length ? 0 : first + 1;
            count--;
        }
    }

    /** Gives back what is behind those that are counted. */
    private void giveBackFree() {
        for (int place = count; place < chunks.length; place++) {
            int index = first + place & chunks.length - 1;
            IoBuffer chunk = chunks[index];
            if (chunk != null) {
                pool.giveBack(chunk);
                chunks[index] = null;
            }
        }
    }

    /** The chunk at this place of the queue. */
    private IoBuffer chunk(int place) {
        IoBuffer chunk = chunks[first + place & chunks.length - 1];
        if (chunk == null) {
            throw new AssertionError("no chunk at [" + place + "] of [" + count + "]");
        }
        return chunk;
    }
}
