// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Direct memory through which the content of heap buffers, and of buffers over an arena's memory, is copied. All
 * threads share it, and it has room for a fixed number of pieces: a thread may be one of millions, and may live longer
 * than the class loader of this library.
 *
 * <p>Only calls that run at the same moment need a piece each. Where more of them run than the pool has pieces, as with
 * platform threads that wait in a blocking read, each call beyond gets a small piece that is freed after the call.
 */
final class CopyPool {
    /** Bytes of a piece, and so the most that one call copies. */
    static final int CAPACITY = 64 * 1024;

    /** Bytes of a piece beyond those that the pool keeps. */
    static final int SMALL_CAPACITY = 4 * 1024;

    private final AtomicReferenceArray<DirectMemory> free;

    /** How many pieces of {@link #CAPACITY} were made. */
    private final AtomicInteger made = new AtomicInteger();

    CopyPool(int pieces) {
        this.free = new AtomicReferenceArray<>(pieces);
    }

    /** A piece for one call: give it back. */
    DirectMemory take() {
        for (int i = 0; i < free.length(); i++) {
            DirectMemory piece = free.get(i) == null ? null : free.getAndSet(i, null);
            if (piece != null) {
                return piece;
            }
        }
        if (made.getAndUpdate(count -> Math.min(count + 1, free.length())) == free.length()) {
            return DirectMemory.allocate(SMALL_CAPACITY);
        }
        try {
            return DirectMemory.allocate(CAPACITY);
        } catch (Throwable noMemory) {
            made.decrementAndGet();
            throw noMemory;
        }
    }

    /** Takes a piece back; leaves a small one to the garbage collector. */
    void give(DirectMemory piece) {
        for (int i = 0; piece.size() == CAPACITY && i < free.length(); i++) {
            if (free.compareAndSet(i, null, piece)) {
                return;
            }
        }
    }
}
