// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;

/**
 * One thread's means to give an address to whatever buffer a caller brings.
 *
 * <p>A direct buffer has one, but being told it leaves garbage behind; so the answer for the last one asked about is
 * kept, and a caller that stays with its buffer leaves none. A heap buffer has none that lasts: it is copied through
 * direct memory.
 */
final class ThreadBuffer {
    /** How many bytes of a heap buffer go through at once. */
    static final int CAPACITY = 64 * 1024;

    static final ThreadLocal<ThreadBuffer> OF_THREAD = ThreadLocal.withInitial(ThreadBuffer::new);

    private final DirectMemory copy = DirectMemory.allocate(CAPACITY);

    private WeakReference<ByteBuffer> lastDirect = new WeakReference<>(null);
    private long lastAddress;

    private ThreadBuffer() {}

    /** How much of what remains in the buffer goes through at once. */
    int lengthOf(ByteBuffer buffer) {
        return buffer.isDirect() ? buffer.remaining() : Math.min(buffer.remaining(), CAPACITY);
    }

    /** Where the bytes from the buffer's position on are, or are to be before and after the call. */
    long addressOf(ByteBuffer buffer) {
        if (!buffer.isDirect()) {
            return copy.address();
        }
        if (!lastDirect.refersTo(buffer)) {
            lastAddress = NativeAccess.addressOf(buffer);
            lastDirect = new WeakReference<>(buffer);
        }
        return lastAddress + buffer.position();
    }

    /** Before a heap buffer is written. */
    void copyFrom(ByteBuffer source, int length) {
        if (!source.isDirect()) {
            copy.bytes().put(0, source, source.position(), length);
        }
    }

    /** After a heap buffer was read. */
    void copyTo(ByteBuffer target, int length) {
        if (!target.isDirect()) {
            target.put(target.position(), copy.bytes(), 0, length);
        }
    }
}
