// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Memory for what the kernel reads and writes: structures, strings, numbers. Zero at first, in the machine's byte
 * order, aligned for anything, at an address that is looked up once and stays. It is freed with this object, so
 * this must stay reachable while a call uses the address; a field that lives longer than the call does that.
 */
public final class DirectMemory {
    private final ByteBuffer bytes;
    private final long address;

    private DirectMemory(int size) {
        this.bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
        this.address = NativeAccess.addressOf(bytes);
    }

    /** So many bytes. */
    public static DirectMemory allocate(int size) {
        return new DirectMemory(size);
    }

    /** The characters, in UTF-8, and a NUL byte. */
    public static DirectMemory ofString(String text) {
        return ofString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes, and a NUL byte. */
    public static DirectMemory ofString(byte[] text) {
        DirectMemory memory = new DirectMemory(text.length + 1);
        memory.bytes.put(0, text);
        return memory;
    }

    /** The memory. Use absolute gets and puts. */
    public ByteBuffer bytes() {
        return bytes;
    }

    /** Where byte 0 is. */
    public long address() {
        return address;
    }

    /** How many bytes it has. */
    public int size() {
        return bytes.capacity();
    }

    /** The string that begins at byte 0 and ends before the first NUL byte, from UTF-8. */
    public String string() {
        int length = 0;
        while (bytes.get(length) != 0) {
            length++;
        }
        byte[] text = new byte[length];
        bytes.get(0, text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
