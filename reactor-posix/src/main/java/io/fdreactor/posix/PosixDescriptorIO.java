// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static io.fdreactor.posix.libc.Errno.EAGAIN;
import static io.fdreactor.posix.libc.Errno.EINTR;
import static io.fdreactor.posix.libc.Linux.F_DUPFD_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.F_GETFL;
import static io.fdreactor.posix.libc.Linux.F_SETFL;
import static io.fdreactor.posix.libc.Linux.O_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.O_NONBLOCK;

import io.fdreactor.DescriptorIO;
import io.fdreactor.internal.Printable;
import io.fdreactor.posix.libc.Errno;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.libc.SystemCallFailed;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * Reading and writing by number, from any thread.
 *
 * <p>A direct buffer that the JDK has allocated or mapped is used where it is. The content of a heap buffer, or of one
 * over an arena's memory, is copied through memory that all threads share, so a call moves {@value CopyPool#CAPACITY}
 * bytes of it at most, and fewer where many threads do so at once.
 */
public final class PosixDescriptorIO implements DescriptorIO {
    /** rw-rw-rw-, of which the process's umask takes away what it wants. */
    private static final int MODE = 0666;

    /** As many as calls can run at once, but for platform threads that wait in one. */
    private static final CopyPool COPIES =
            new CopyPool(Math.max(4, Runtime.getRuntime().availableProcessors()));

    private final Libc libc;

    /** That of the direct buffer that was used last. Threads may race for it. */
    private volatile BufferAddress lastDirect = BufferAddress.OF_NOTHING;

    /** Over these calls. */
    public PosixDescriptorIO(Libc libc) {
        this.libc = libc;
    }

    @Override
    public int open(Path path, OpenOption... options) throws IOException {
        int flags = OpenFlags.of(options);
        DirectMemory name = PathBytes.of(path);
        int fd;
        do {
            fd = libc.open(name.address(), flags, MODE);
        } while (fd == -EINTR);
        Reference.reachabilityFence(name);
        if (fd < 0) {
            throw new SystemCallFailed("open [" + Printable.text(path.toString()) + "]", -fd);
        }
        return fd;
    }

    @Override
    public PipeEnds pipe() throws IOException {
        DirectMemory ends = DirectMemory.allocate(8);
        Errno.check(libc.pipe2(ends.address(), O_CLOEXEC | O_NONBLOCK), "pipe2");
        int readEnd = ends.bytes().getInt(0);
        int writeEnd = ends.bytes().getInt(4);
        try {
            return new PipeEnds(readEnd, writeEnd);
        } catch (Throwable noMemory) {
            libc.close(readEnd);
            libc.close(writeEnd);
            throw noMemory;
        }
    }

    @Override
    public int read(int fd, ByteBuffer target) throws IOException {
        if (target.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        // Each is read once: with a second thread at the buffer, the call still stays inside its memory.
        int position = target.position();
        int length = target.limit() - position;
        if (length <= 0) {
            return 0;
        }
        long address = addressOf(target);
        int result = address == BufferAddress.NONE
                ? readThroughCopy(fd, target, position, length)
                : read(fd, address + position, length);
        Reference.reachabilityFence(target);
        if (result == -EAGAIN) {
            return 0;
        }
        check(result, "read from fd", fd);
        target.position(position + result);
        return result == 0 ? -1 : result;
    }

    private int readThroughCopy(int fd, ByteBuffer target, int position, int length) {
        // Throws before anything is read if the memory was freed or belongs to another thread.
        target.get(position);
        DirectMemory copy = COPIES.take();
        try {
            int result = read(fd, copy.address(), Math.min(length, copy.size()));
            if (result > 0) {
                target.put(position, copy.bytes(), 0, result);
            }
            return result;
        } finally {
            COPIES.give(copy);
        }
    }

    private int read(int fd, long address, int length) {
        int result;
        do {
            result = libc.read(fd, address, length);
        } while (result == -EINTR);
        return result;
    }

    @Override
    public int write(int fd, ByteBuffer source) throws IOException {
        int position = source.position();
        int length = Math.max(0, source.limit() - position);
        long address = addressOf(source);
        int result = address == BufferAddress.NONE
                ? writeThroughCopy(fd, source, position, length)
                : write(fd, address + position, length);
        Reference.reachabilityFence(source);
        if (result == -EAGAIN) {
            return 0;
        }
        check(result, "write to fd", fd);
        source.position(position + result);
        return result;
    }

    private int writeThroughCopy(int fd, ByteBuffer source, int position, int length) {
        DirectMemory copy = COPIES.take();
        try {
            int taken = Math.min(length, copy.size());
            copy.bytes().put(0, source, position, taken);
            return write(fd, copy.address(), taken);
        } finally {
            COPIES.give(copy);
        }
    }

    private int write(int fd, long address, int length) {
        int result;
        do {
            result = libc.write(fd, address, length);
        } while (result == -EINTR);
        return result;
    }

    /** Where the buffer's byte 0 is, or {@link BufferAddress#NONE} if its content has to be copied. */
    private long addressOf(ByteBuffer buffer) {
        if (!buffer.isDirect()) {
            return BufferAddress.NONE;
        }
        BufferAddress known = lastDirect;
        if (!known.isOf(buffer)) {
            known = BufferAddress.lookUp(buffer);
            lastDirect = known;
        }
        return known.address();
    }

    @Override
    public void close(int fd) throws IOException {
        int result = libc.close(fd);
        if (result != -EINTR) {
            check(result, "close fd", fd);
        }
    }

    @Override
    public int dup(int fd) throws IOException {
        return check(libc.fcntl(fd, F_DUPFD_CLOEXEC, 0), "dup fd", fd);
    }

    @Override
    public boolean setNonBlocking(int fd, boolean nonBlocking) throws IOException {
        int flags = check(libc.fcntl(fd, F_GETFL, 0), "get flags of fd", fd);
        boolean before = (flags & O_NONBLOCK) != 0;
        if (before != nonBlocking) {
            check(libc.fcntl(fd, F_SETFL, flags ^ O_NONBLOCK), "set flags of fd", fd);
        }
        return before;
    }

    private static int check(int result, String call, int fd) throws IOException {
        if (result < 0) {
            throw new SystemCallFailed(call + " [" + fd + "]", -result);
        }
        return result;
    }
}
