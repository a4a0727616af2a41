// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.epoll;

import static io.fdreactor.posix.libc.Errno.EBADF;
import static io.fdreactor.posix.libc.Errno.EEXIST;
import static io.fdreactor.posix.libc.Errno.EINTR;
import static io.fdreactor.posix.libc.Errno.ENOENT;
import static io.fdreactor.posix.libc.Errno.ENOMEM;
import static io.fdreactor.posix.libc.Errno.ENOSPC;
import static io.fdreactor.posix.libc.Errno.ENOSYS;
import static io.fdreactor.posix.libc.Errno.EPERM;
import static io.fdreactor.posix.libc.Errno.check;
import static io.fdreactor.posix.libc.Linux.EPOLLET;
import static io.fdreactor.posix.libc.Linux.EPOLL_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.EPOLL_CTL_ADD;
import static io.fdreactor.posix.libc.Linux.EPOLL_CTL_DEL;
import static io.fdreactor.posix.libc.Linux.EPOLL_CTL_MOD;
import static io.fdreactor.posix.libc.Linux.POLLIN;

import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.PollerExhausted;
import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.core.spi.Watch;
import io.fdreactor.posix.DirectMemory;
import io.fdreactor.posix.PollArguments;
import io.fdreactor.posix.WakeupFd;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.libc.SystemCallFailed;
import java.io.IOException;
import java.util.Arrays;

/**
 * epoll(7), level-triggered. What a registration hands to the kernel is its token, and the kernel hands it back
 * with the event: there is no table to look into.
 *
 * <p>The kernel knows a registration by number and open file together. It forgets one by itself when the last
 * number of its file is closed; a dup keeps it alive, out of reach, since {@code epoll_ctl} finds files by their
 * numbers only. {@link #rebuild} is the cure for that.
 *
 * <p>A wake-up is written to an eventfd that is watched edge-triggered and never read: each write makes one event,
 * whatever its counter is.
 */
final class EPollPoller implements Poller {
    private static final long WAKEUP_TOKEN = -1;
    private static final int FIRST_CAPACITY = 256;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Libc libc;
    private final EventLayout layout;
    private final int maxEvents;
    private final WakeupFd wakeup;
    private int epfd;

    /** The events of one wait: room for {@link #capacity}, which grows up to {@link #maxEvents} as they fill it. */
    private DirectMemory events;

    private int capacity;

    /** The event that epoll_ctl is given. */
    private final DirectMemory change;

    /** The timespec that epoll_pwait2 is given. */
    private final DirectMemory timeout = DirectMemory.allocate(16);

    /** False once epoll_pwait2 has turned out to be missing (before Linux 5.11) or forbidden (a seccomp filter). */
    private boolean hasPwait2 = true;

    /** By slot: what each registration waits for, in the kernel's bits, of which those of {@link PollArguments} fit. */
    private byte[] interests = new byte[64];

    EPollPoller(Libc libc, EventLayout layout, int maxEvents) throws IOException {
        this.libc = libc;
        this.layout = layout;
        this.maxEvents = maxEvents;
        this.capacity = Math.min(FIRST_CAPACITY, maxEvents);
        this.events = DirectMemory.allocate(capacity * layout.size());
        this.change = DirectMemory.allocate(layout.size());
        this.wakeup = new WakeupFd(libc);
        try {
            this.epfd = openSet();
        } catch (Throwable e) {
            wakeup.close();
            throw e;
        }
    }

    /** A new set that holds the waker and nothing else. */
    private int openSet() throws IOException {
        int set = check(libc.epollCreate1(EPOLL_CLOEXEC), "epoll_create1");
        try {
            check(control(set, EPOLL_CTL_ADD, wakeup.fd(), POLLIN | EPOLLET, WAKEUP_TOKEN), "epoll_ctl");
            return set;
        } catch (Throwable e) {
            libc.close(set);
            throw e;
        }
    }

    @Override
    public Registration register(Watch watch, int interest) throws IOException {
        ensureRoom(watch.slot());
        int bits = PollArguments.toKernel(interest);
        int added = control(epfd, EPOLL_CTL_ADD, watch.fd(), bits, watch.token());
        if (added == -EPERM) {
            return Registration.ALWAYS_READY;
        }
        if (added == -EEXIST) {
            // This very file was registered under this very number before, was closed while a dup kept it alive,
            // and has come back by dup2. Nobody could delete that registration; it becomes the new one.
            added = control(epfd, EPOLL_CTL_MOD, watch.fd(), bits, watch.token());
        }
        if (added < 0) {
            throw failed(watch, -added);
        }
        interests[watch.slot()] = (byte) bits;
        return Registration.WATCHED;
    }

    @Override
    public boolean modify(Watch watch, int interest) throws IOException {
        int bits = PollArguments.toKernel(interest);
        int modified = control(epfd, EPOLL_CTL_MOD, watch.fd(), bits, watch.token());
        if (isUnknown(modified)) {
            return false;
        }
        if (modified < 0) {
            throw failed(watch, -modified);
        }
        interests[watch.slot()] = (byte) bits;
        return true;
    }

    /** By a change that changes nothing: the kernel finds the registration only if number and file still agree. */
    @Override
    public boolean isCurrent(Watch watch) {
        int bits = interests[watch.slot()];
        return !isUnknown(control(epfd, EPOLL_CTL_MOD, watch.fd(), bits, watch.token()));
    }

    @Override
    public void deregister(Watch watch) {
        // All it can fail with means that the registration isn't there.
        control(epfd, EPOLL_CTL_DEL, watch.fd(), 0, watch.token());
    }

    /** The number is closed, or another file's that isn't registered, or that of a file epoll takes none of. */
    private static boolean isUnknown(int result) {
        return result == -EBADF || result == -ENOENT || result == -EPERM;
    }

    private int control(int set, int operation, int fd, int bits, long token) {
        change.bytes().putInt(0, bits);
        change.bytes().putLong(layout.dataOffset(), token);
        return libc.epollCtl(set, operation, fd, change.address());
    }

    private static IOException failed(Watch watch, int errno) {
        SystemCallFailed failure = new SystemCallFailed("epoll_ctl [fd " + watch.fd() + "]", errno);
        return switch (errno) {
            case ENOSPC ->
                new PollerExhausted(
                        failure.getMessage() + "; this user's limit of watched descriptors is reached: raise"
                                + " /proc/sys/fs/epoll/max_user_watches, or watch fewer",
                        failure);
            case ENOMEM ->
                new PollerExhausted(
                        failure.getMessage()
                                + "; the kernel has no memory left for it: free some, or raise the limit of"
                                + " memory of the control group",
                        failure);
            default -> failure;
        };
    }

    /** Before the kernel is asked: what it has accepted is then noted down without fail. */
    private void ensureRoom(int slot) {
        if (slot >= interests.length) {
            interests = Arrays.copyOf(interests, Math.max(slot + 1, interests.length * 2));
        }
    }

    @Override
    public int poll(long timeoutNanos, ReadySink sink) throws IOException {
        int count = await(timeoutNanos);
        if (count < 0) {
            if (count == -EINTR) {
                return 0;
            }
            throw new SystemCallFailed("epoll_wait", -count);
        }
        int told = 0;
        for (int i = 0, at = 0; i < count; i++, at += layout.size()) {
            long token = events.bytes().getLong(at + layout.dataOffset());
            if (token != WAKEUP_TOKEN) {
                sink.ready(token, PollArguments.toReady(events.bytes().getInt(at)));
                told++;
            }
        }
        if (count == capacity && capacity < maxEvents) {
            grow();
        }
        return told;
    }

    private void grow() {
        int larger = (int) Math.min(capacity * 2L, maxEvents);
        try {
            events = DirectMemory.allocate(larger * layout.size());
            capacity = larger;
        } catch (OutOfMemoryError e) {
            // Direct memory, of which connections may have taken all. It works with the room that there is.
        }
    }

    private int await(long timeoutNanos) {
        if (timeoutNanos > 0 && hasPwait2) {
            timeout.bytes().putLong(0, timeoutNanos / NANOS_PER_SECOND);
            timeout.bytes().putLong(8, timeoutNanos % NANOS_PER_SECOND);
            int count = libc.epollPwait2(epfd, events.address(), capacity, timeout.address());
            if (count != -ENOSYS && count != -EPERM) {
                return count;
            }
            hasPwait2 = false;
        }
        return libc.epollWait(epfd, events.address(), capacity, PollArguments.toMillis(timeoutNanos));
    }

    @Override
    public void wakeup() {
        wakeup.write();
    }

    @Override
    public boolean rebuild() throws IOException {
        int old = epfd;
        epfd = openSet();
        libc.close(old);
        return true;
    }

    @Override
    public void close() {
        libc.close(epfd);
        wakeup.close();
    }
}
