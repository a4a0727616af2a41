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
import io.fdreactor.posix.libc.Errno;
import io.fdreactor.posix.libc.ErrnoException;
import io.fdreactor.posix.libc.Libc;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * Reading and writing by number, from any thread.
 *
 * <p>A direct buffer is used where it is. A heap buffer is copied through memory that each thread keeps, so a call
 * moves {@value ThreadBuffer#CAPACITY} bytes of it at most.
 */
public final class PosixDescriptorIO implements DescriptorIO {
    /** rw-rw-rw-, of which the process's umask takes away what it wants. */
    private static final int MODE = 0666;

    private final Libc libc;

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
            throw new ErrnoException("open [" + path + "]", -fd);
        }
        return fd;
    }

    @Override
    public PipeEnds pipe() throws IOException {
        DirectMemory ends = DirectMemory.allocate(8);
        Errno.check(libc.pipe2(ends.address(), O_CLOEXEC | O_NONBLOCK), "pipe2");
        return new PipeEnds(ends.bytes().getInt(0), ends.bytes().getInt(4));
    }

    @Override
    public int read(int fd, ByteBuffer target) throws IOException {
        if (target.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        if (!target.hasRemaining()) {
            return 0;
        }
        ThreadBuffer buffer = ThreadBuffer.OF_THREAD.get();
        int length = buffer.lengthOf(target);
        long address = buffer.addressOf(target);
        int result;
        do {
            result = libc.read(fd, address, length);
        } while (result == -EINTR);
        Reference.reachabilityFence(target);
        if (result == -EAGAIN) {
            return 0;
        }
        check(result, "read from fd", fd);
        buffer.copyTo(target, result);
        target.position(target.position() + result);
        return result == 0 ? -1 : result;
    }

    @Override
    public int write(int fd, ByteBuffer source) throws IOException {
        ThreadBuffer buffer = ThreadBuffer.OF_THREAD.get();
        int length = buffer.lengthOf(source);
        long address = buffer.addressOf(source);
        buffer.copyFrom(source, length);
        int result;
        do {
            result = libc.write(fd, address, length);
        } while (result == -EINTR);
        Reference.reachabilityFence(source);
        if (result == -EAGAIN) {
            return 0;
        }
        check(result, "write to fd", fd);
        source.position(source.position() + result);
        return result;
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
            throw new ErrnoException(call + " [" + fd + "]", -result);
        }
        return result;
    }
}
