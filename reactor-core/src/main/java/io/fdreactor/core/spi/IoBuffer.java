// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.spi;

import java.nio.ByteBuffer;

/**
 * Memory that sockets read into and write from, allocated by {@link Sockets#allocate} so that a backend can keep
 * what it needs beside the bytes, such as a native address. Position and limit of {@link #bytes} are the core's;
 * sockets take explicit ranges and leave them alone.
 */
public class IoBuffer {
    private final ByteBuffer bytes;

    /** Around a direct buffer. */
    public IoBuffer(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** The memory. */
    public final ByteBuffer bytes() {
        return bytes;
    }
}
