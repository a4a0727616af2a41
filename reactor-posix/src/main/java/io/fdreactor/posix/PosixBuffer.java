// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import io.fdreactor.core.spi.IoBuffer;
import java.nio.ByteBuffer;

/** What {@link PosixSockets} read into and write from: direct memory, with its address looked up once. */
final class PosixBuffer extends IoBuffer {
    private final long address;

    PosixBuffer(int capacity) {
        super(ByteBuffer.allocateDirect(capacity));
        this.address = NativeAccess.addressOf(bytes());
    }

    /** Where byte 0 is. */
    long address() {
        return address;
    }
}
