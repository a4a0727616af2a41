// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static io.fdreactor.posix.libc.Errno.EINTR;
import static io.fdreactor.posix.libc.Errno.check;

import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets;
import io.fdreactor.posix.libc.Libc;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** A file to be sent, as a number. */
final class PosixFile implements Sockets.OpenFile {
    private final Libc libc;
    private int fd;
    private boolean hasToBeRead;

    private PosixFile(Libc libc, int fd) {
        this.libc = libc;
        this.fd = fd;
    }

    /** Doesn't wait, whatever it finds: with O_NONBLOCK, which means nothing to a regular file. */
    static PosixFile open(Libc libc, Path path) throws IOException {
        PosixFile file = new PosixFile(libc, -1);
        file.fd = new PosixDescriptorIO(libc).open(path, StandardOpenOption.READ);
        return file;
    }

    int fileno() {
        return fd;
    }

    /** Whether sendfile(2) has refused it. */
    boolean hasToBeRead() {
        return hasToBeRead;
    }

    void setHasToBeRead() {
        hasToBeRead = true;
    }

    @Override
    public int read(IoBuffer target, int offset, int length, long position) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.bytes().capacity());
        long address = ((PosixBuffer) target).address() + offset;
        int result;
        do {
            result = libc.pread(fd, address, length, position);
        } while (result == -EINTR);
        Reference.reachabilityFence(target);
        return check(result, "pread") == 0 ? -1 : result;
    }

    @Override
    public void close() {
        if (fd >= 0) {
            libc.close(fd);
            fd = -1;
        }
    }
}
