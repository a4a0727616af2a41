// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.epoll;

import static io.fdreactor.posix.libc.Errno.ENOSYS;
import static io.fdreactor.posix.libc.Errno.EPERM;
import static io.fdreactor.posix.libc.Errno.check;
import static io.fdreactor.posix.libc.Linux.EFD_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.EFD_NONBLOCK;
import static io.fdreactor.posix.libc.Linux.EPOLL_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.EPOLL_CTL_ADD;
import static io.fdreactor.posix.libc.Linux.POLLIN;

import io.fdreactor.posix.DirectMemory;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.libc.SystemCallFailed;
import java.io.IOException;

/**
 * Asks the kernel whether it is as we take it to be: an event that is put in with a number comes out with it. A
 * wrong {@link EventLayout} would send events to strangers, so it is refused here.
 */
final class EPollCheck {
    /** No two bytes alike and none of them 0, so that a number read askew is another. */
    private static final long MAGIC = 0x1122_3344_5566_7788L;

    private static final int ROOM = EventLayout.ALIGNED.size();

    private final Libc libc;
    private final EventLayout layout;

    EPollCheck(Libc libc, EventLayout layout) {
        this.libc = libc;
        this.layout = layout;
    }

    /**
     * Tries it.
     *
     * @return what waits for a time, for people to read
     * @throws IOException if the kernel refuses or is another than expected
     */
    String run() throws IOException {
        int epfd = check(libc.epollCreate1(EPOLL_CLOEXEC), "epoll_create1");
        try {
            int eventfd = check(libc.eventfd(1, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd");
            try {
                return run(epfd, eventfd);
            } finally {
                libc.close(eventfd);
            }
        } finally {
            libc.close(epfd);
        }
    }

    private String run(int epfd, int eventfd) throws IOException {
        DirectMemory in = DirectMemory.allocate(ROOM);
        in.bytes().putInt(0, POLLIN).putLong(layout.dataOffset(), MAGIC);
        check(libc.epollCtl(epfd, EPOLL_CTL_ADD, eventfd, in.address()), "epoll_ctl");

        // Not the same memory: what the kernel doesn't write must not be there already.
        DirectMemory out = DirectMemory.allocate(ROOM);
        DirectMemory noTime = DirectMemory.allocate(16);
        int count = libc.epollPwait2(epfd, out.address(), 1, noTime.address());
        boolean hasPwait2 = count != -ENOSYS && count != -EPERM;
        if (!hasPwait2) {
            count = libc.epollWait(epfd, out.address(), 1, 0);
        }
        if (count < 0) {
            throw new SystemCallFailed("epoll_wait", -count);
        }
        int events = out.bytes().getInt(0);
        long data = out.bytes().getLong(layout.dataOffset());
        if (count != 1 || events != POLLIN || data != MAGIC) {
            throw new IOException(
                    "the kernel's epoll_event isn't laid out as [" + layout + "]: asked for one event [1] "
                            + "with [" + Long.toHexString(MAGIC) + "], got " + count + " events, the first [" + events
                            + "] with [" + Long.toHexString(data) + "]");
        }
        return hasPwait2 ? "epoll_pwait2" : "epoll_wait, which knows whole milliseconds only";
    }
}
