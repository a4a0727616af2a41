// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where a user's buffer has its memory, if the kernel may be given its address. A direct buffer of the JDK's own keeps
 * its memory for as long as it can be reached, and so it may. A buffer over the memory of an arena may lose it at any
 * moment, or belong to another thread: it may not, and has no address here. Nor has a heap buffer.
 *
 * <p>To look an address up leaves garbage. So {@link PosixDescriptorIO} keeps the last one, and a program that stays
 * with its buffer leaves none. Immutable.
 */
final class BufferAddress {
    /** What {@link #address} returns for a buffer whose content has to be copied. */
    static final long NONE = 0;

    /** That of no buffer. */
    static final BufferAddress OF_NOTHING = new BufferAddress(null, NONE);

    private final WeakReference<@Nullable ByteBuffer> buffer;
    private final long address;

    private BufferAddress(@Nullable ByteBuffer buffer, long address) {
        this.buffer = new WeakReference<>(buffer);
        this.address = address;
    }

    /** Looks it up. */
    static BufferAddress lookUp(ByteBuffer direct) {
        return new BufferAddress(direct, ArenaMemory.isBehind(direct) ? NONE : NativeAccess.addressOf(direct));
    }

    boolean isOf(ByteBuffer other) {
        return buffer.refersTo(other);
    }

    /** Where byte 0 is, or {@link #NONE}. */
    long address() {
        return address;
    }
}
