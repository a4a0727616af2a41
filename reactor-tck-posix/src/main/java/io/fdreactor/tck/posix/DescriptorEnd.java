// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.posix;

import static io.fdreactor.posix.libc.Errno.EINTR;

import io.fdreactor.posix.DirectMemory;
import io.fdreactor.posix.PosixDescriptorIO;
import io.fdreactor.posix.libc.Errno;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.libc.Linux;
import io.fdreactor.tck.fixture.End;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** An open file, by its number. What is ready is asked of poll(2). */
final class DescriptorEnd extends End {
    private static final int FOR_EVER = -1;

    private final Libc libc;
    private final PosixDescriptorIO io;
    private final @Nullable DescriptorEnd peer;
    private int fd;

    /**
     * @param peer the other end of a socket pair, for {@link #abort}; null otherwise
     */
    DescriptorEnd(Libc libc, int fd, @Nullable DescriptorEnd peer) {
        this.libc = libc;
        this.io = new PosixDescriptorIO(libc);
        this.fd = fd;
        this.peer = peer;
    }

    @Override
    public int fileno() {
        return fd;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return io.read(fd, target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return io.write(fd, source);
    }

    @Override
    public void shutdownOutput() throws IOException {
        Errno.check(libc.shutdown(fd, Linux.SHUT_WR), "shutdown");
    }

    /** A socket pair is reset if one end is closed before it has read all; a TCP connection if it doesn't linger. */
    @Override
    public void abort() throws IOException {
        if (peer != null) {
            peer.send("never read");
        } else {
            DirectMemory atOnce = DirectMemory.allocate(8);
            atOnce.bytes().putInt(0, 1);
            Errno.check(
                    libc.setsockopt(fd, Linux.SOL_SOCKET, Linux.SO_LINGER, atOnce.address(), atOnce.size()),
                    "setsockopt SO_LINGER");
            Reference.reachabilityFence(atOnce);
        }
        close();
    }

    @Override
    public void awaitReadable() throws IOException {
        poll(Linux.POLLIN, FOR_EVER);
    }

    @Override
    public void awaitWritable() throws IOException {
        poll(Linux.POLLOUT, FOR_EVER);
    }

    @Override
    public boolean isWritable() throws IOException {
        return poll(Linux.POLLOUT, 0) != 0;
    }

    /** What poll(2) says of it. */
    int poll(int events, int timeoutMillis) throws IOException {
        DirectMemory pollfd = DirectMemory.allocate(8);
        pollfd.bytes().putInt(0, fd).putShort(4, (short) events);
        int result;
        do {
            result = libc.poll(pollfd.address(), 1, timeoutMillis);
        } while (result == -EINTR);
        Errno.check(result, "poll");
        return pollfd.bytes().getShort(6);
    }

    @Override
    public void close() throws IOException {
        if (fd >= 0) {
            int closing = fd;
            fd = -1;
            io.close(closing);
        }
    }
}
