// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.spi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file as a channel, on any file system.
 *
 * <p>Java closes such a channel if its thread is interrupted, and an interrupt is nobody's end here: it is put off until
 * the call is done. One that comes within the call still closes the file.
 */
public final class ChannelFile implements Sockets.OpenFile {
    private final FileChannel channel;

    private ChannelFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Opens it for reading. */
    public static ChannelFile open(Path file) throws IOException {
        return new ChannelFile(FileChannel.open(file, StandardOpenOption.READ));
    }

    @Override
    public int read(IoBuffer target, int offset, int length, long position) throws IOException {
        ByteBuffer range =
                target.bytes().duplicate().clear().limit(offset + length).position(offset);
        boolean interrupted = Thread.interrupted();
        try {
            return channel.read(range, position);
        } finally {
            restore(interrupted);
        }
    }

    /**
     * Writes to a channel from {@code position} of the file.
     *
     * @return bytes written, 0 if it would block, -1 if the file has none there
     */
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            long written = channel.transferTo(position, count, target);
            return written == 0 && position >= channel.size() ? -1 : written;
        } finally {
            restore(interrupted);
        }
    }

    private static void restore(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            return; // It is closed all the same.
        }
    }
}
