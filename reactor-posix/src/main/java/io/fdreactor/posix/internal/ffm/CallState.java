// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.internal.ffm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where a call leaves errno: four bytes of each thread's own, so a call allocates nothing and no two threads read
 * each other's.
 *
 * <p>What a thread keeps is an array of the JDK's objects. An object of a class of ours would keep the class loader of
 * this library for as long as the thread lives, which may be another program's.
 */
final class CallState {
    private static final int SEGMENT = 0;
    private static final int BYTES = 1;

    private static final ThreadLocal<Object[]> OF_THREAD = ThreadLocal.withInitial(CallState::allocate);

    private CallState() {}

    private static Object[] allocate() {
        ByteBuffer errno = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
        return new Object[] {Foreign.INSTANCE.segmentOf(errno), errno};
    }

    static Object[] ofThread() {
        return OF_THREAD.get();
    }

    /** The memory, as the handles take it. */
    static Object segment(Object[] state) {
        return state[SEGMENT];
    }

    /** A call's result: its own, or the negated errno that it left. Of an int's register only the lower half counts. */
    static int result(Object[] state, long result) {
        int lower = (int) result;
        return lower < 0 ? -((ByteBuffer) state[BYTES]).getInt(0) : lower;
    }
}
