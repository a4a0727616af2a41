// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One open file as the test sees it, non-blocking: an end of a stream or of a pipe, a socket, a device. The
 * test reads, writes and closes it; a {@link Probe} lets a reactor watch it.
 */
public abstract class End implements AutoCloseable {
    private static final int CHUNK = 4096;

    /** For subclasses. */
    protected End() {}

    /** The number, or -1 once it is closed or for a channel. */
    public abstract int fileno();

    /** The channel, or null for a number. */
    public @Nullable SelectableChannel channel() {
        return null;
    }

    /**
     * Reads once.
     *
     * @return how many bytes, 0 if it would block, -1 at the end
     */
    public abstract int read(ByteBuffer target) throws IOException;

    /**
     * Writes once.
     *
     * @return how many bytes were taken, 0 if it would block
     */
    public abstract int write(ByteBuffer source) throws IOException;

    /** Sends the end of this side's output, and goes on reading. */
    public abstract void shutdownOutput() throws IOException;

    /** Closes it so that the other side's next read fails, instead of finding the end. */
    public abstract void abort() throws IOException;

    /** Waits until there is input, an end or an error to read, or a connection to accept. */
    public abstract void awaitReadable() throws IOException;

    /** Waits until there is room for output. */
    public abstract void awaitWritable() throws IOException;

    /** Whether there is room for output now. */
    public abstract boolean isWritable() throws IOException;

    /** Closes it; a second time does nothing. */
    @Override
    public abstract void close() throws IOException;

    /** Writes a short text, all of it. */
    public final void send(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            if (write(bytes) == 0) {
                throw new IllegalStateException("there is no room for [" + text + "]");
            }
        }
    }

    /** Writes until it would block; answers how many bytes that took. */
    public final long fill() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
        long filled = 0;
        do {
            for (int taken = write(bytes); taken > 0; taken = write(bytes)) {
                filled += taken;
                bytes.clear();
            }
        } while (isWritable());
        return filled;
    }

    /** Reads what there is; answers with the bytes as text, which is empty if there are none. */
    public final String receive() throws IOException {
        StringBuilder text = new StringBuilder();
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
        while (read(bytes) > 0) {
            text.append(StandardCharsets.US_ASCII.decode(bytes.flip()));
            bytes.clear();
        }
        return text.toString();
    }

    /** Reads away this many bytes, waiting for each. */
    public final void drain(long count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
        for (long left = count; left > 0; ) {
            awaitReadable();
            bytes.clear().limit((int) Math.min(CHUNK, left));
            int taken = read(bytes);
            if (taken < 0) {
                throw new IllegalStateException("the input ended " + left + " bytes early");
            }
            left -= taken;
        }
    }
}
