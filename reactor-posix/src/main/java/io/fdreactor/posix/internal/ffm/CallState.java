// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.internal.ffm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where a call leaves errno: four bytes of each thread's own, so a call allocates nothing and no two threads read
 * each other's.
 */
final class CallState {
    private static final ThreadLocal<CallState> OF_THREAD = ThreadLocal.withInitial(CallState::new);

    private final ByteBuffer errno = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());

    /** The same memory, as the handles take it. */
    final Object segment = Foreign.INSTANCE.segmentOf(errno);

    private CallState() {}

    static CallState ofThread() {
        return OF_THREAD.get();
    }

    /** A call's result: its own, or the negated errno that it left. Of an int's register only the lower half counts. */
    int result(long result) {
        int lower = (int) result;
        return lower < 0 ? -errno.getInt(0) : lower;
    }
}
