// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static io.fdreactor.posix.libc.Errno.EAGAIN;
import static io.fdreactor.posix.libc.Errno.EINTR;
import static io.fdreactor.posix.libc.Errno.check;
import static io.fdreactor.posix.libc.Linux.EFD_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.EFD_NONBLOCK;

import io.fdreactor.posix.libc.Libc;
import java.io.IOException;

/**
 * An eventfd that wakes a poller: readable from the first {@link #write} until {@link #drain}. Written from any
 * thread, never beside {@link #close}.
 */
public final class WakeupFd implements AutoCloseable {
    private final Libc libc;
    private final int fd;

    /** What a wake-up adds to the counter: 1. Never changed, so that threads can share it. */
    private final DirectMemory one = DirectMemory.allocate(8);

    /** Where the counter is read to. Nobody looks at it, so threads may race for it. */
    private final DirectMemory counter = DirectMemory.allocate(8);

    /** Opens it. */
    public WakeupFd(Libc libc) throws IOException {
        this.libc = libc;
        one.bytes().putLong(0, 1);
        this.fd = check(libc.eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd");
    }

    /** Its number. */
    public int fd() {
        return fd;
    }

    /**
     * Adds to the counter, which makes an edge for those who wait for one. At its maximum (after 2^64 - 2 writes)
     * it takes no more and makes no edge: then it is drained first.
     */
    public void write() {
        int written;
        do {
            written = libc.write(fd, one.address(), 8);
            if (written == -EAGAIN) {
                drain();
            }
        } while (written == -EAGAIN || written == -EINTR);
    }

    /** Takes all that was written so far. */
    public void drain() {
        int read;
        do {
            read = libc.read(fd, counter.address(), 8);
        } while (read == -EINTR);
    }

    @Override
    public void close() {
        libc.close(fd);
    }
}
