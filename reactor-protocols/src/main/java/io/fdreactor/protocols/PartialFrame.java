// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import java.nio.ByteBuffer;

/**
 * The beginning of a frame that is not complete yet. The kept bytes lie between the position and the limit of
 * {@link #bytes}. The buffer grows by doubling, so that bytes that arrive one at a time are copied a constant number of
 * times, and is released when nothing is kept any more.
 */
final class PartialFrame {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);
    private static final int SMALLEST_BYTES = 64;

    /** What an idle connection may hold on to, so that small frames cut in two don't allocate each time. */
    private static final int LARGEST_IDLE_BYTES = 1024;

    private ByteBuffer buffer = NONE;

    boolean isEmpty() {
        return !buffer.hasRemaining();
    }

    /**
     * The bytes that are kept; a caller that consumes them moves the position. Another object after {@link #append}.
     */
    ByteBuffer bytes() {
        return buffer;
    }

    /** Takes the next {@code count} bytes. */
    void append(ByteBuffer from, int count) {
        if (count == 0) {
            return;
        }
        if (buffer.capacity() - buffer.limit() < count) {
            makeRoom(Math.addExact(buffer.remaining(), count));
        }
        int end = buffer.limit();
        buffer.limit(end + count).put(end, from, from.position(), count);
        from.position(from.position() + count);
    }

    private void makeRoom(int size) {
        if (buffer.capacity() >= size) {
            buffer.compact().flip();
        } else {
            int doubled = (int) Math.min(2L * buffer.capacity(), Integer.MAX_VALUE - 8);
            buffer = ByteBuffer.allocate(Math.max(SMALLEST_BYTES, Math.max(size, doubled)))
                    .put(buffer)
                    .flip();
        }
    }

    void clear() {
        buffer.position(buffer.limit());
        releaseIfEmpty();
    }

    /** To be called when a batch of input is done with. */
    void releaseIfEmpty() {
        if (isEmpty()) {
            buffer = buffer.capacity() > LARGEST_IDLE_BYTES
                    ? NONE
                    : buffer.clear().limit(0);
        }
    }
}
