// SPDX-License-Identifier: Apache-2.0
package org.example.select;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import io.fdreactor.ReactorConfig;
import io.fdreactor.core.spi.Poller;
import io.fdreactor.core.spi.Ready;
import io.fdreactor.core.spi.ReadySink;
import io.fdreactor.core.spi.Watch;
import io.fdreactor.posix.DirectMemory;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.WakeupFd;
import io.fdreactor.posix.libc.Errno;
import io.fdreactor.posix.libc.SystemCallFailed;
import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.libc.Linux;
import java.io.IOException;
import java.util.Arrays;

/**
 * pselect(2), with three sets of numbers, a bitmap each: for READ, WRITE and PRIORITY, in the order of {@link Ready}.
 * The kernel keeps nothing: each wait is given what is wanted and leaves of it what is ready. There is room for any
 * number, since it is C's {@code fd_set} that ends at 1,024 and not the kernel.
 */
final class SelectPoller implements Poller {
    private static final int SETS = 3;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    static {
        Native.register(SelectPoller.class, NativeLibrary.getProcess());
    }

    private final Libc libc = NativeAccess.libc();
    private final WakeupFd wakeup = new WakeupFd(libc);
    private final int maxEvents;
    private final DirectMemory timespec = DirectMemory.allocate(16);

    /** By number; as many as there is room for. */
    private long[] tokens = {};

    /** By set, and 64 numbers to a word. */
    private final long[][] wanted = new long[SETS][0];

    /** The sets that the kernel is given, one behind the other. */
    private DirectMemory sets;

    /** Whom to look at next: after a full batch the one behind it, so that nobody is kept waiting. */
    private int next;

    SelectPoller(ReactorConfig config) throws IOException {
        this.maxEvents = config.maxEventsPerTurn();
        want(wakeup.fd(), Ready.READ, -1);
    }

    /** Refuses what was opened with O_PATH too: the kernel would find it ready for ever. */
    @Override
    public Registration register(Watch watch, int interest) throws IOException {
        int flags = libc.fcntl(watch.fd(), Linux.F_GETFL, 0);
        if (flags < 0 || (flags & Linux.O_PATH) != 0) {
            throw new SystemCallFailed("pselect [fd " + watch.fd() + "]", Errno.EBADF);
        }
        want(watch.fd(), interest, watch.token());
        return Registration.WATCHED;
    }

    /** Always known: if the number is gone, the next wait finds that out. */
    @Override
    public boolean modify(Watch watch, int interest) {
        want(watch.fd(), interest, watch.token());
        return true;
    }

    @Override
    public boolean isCurrent(Watch watch) {
        return isOpen(watch.fd());
    }

    @Override
    public void deregister(Watch watch) {
        want(watch.fd(), 0, watch.token());
    }

    private void want(int fd, int interest, long token) {
        if (fd >= tokens.length) {
            int room = Math.max(1024, Integer.highestOneBit(fd) * 2);
            tokens = Arrays.copyOf(tokens, room);
            Arrays.setAll(wanted, set -> Arrays.copyOf(wanted[set], room / 64));
            sets = DirectMemory.allocate(SETS * room / 8);
        }
        tokens[fd] = token;
        for (int set = 0; set < SETS; set++) {
            wanted[set][fd / 64] = wanted[set][fd / 64] & ~(1L << fd) | (interest >> set & 1L) << fd;
        }
    }

    @Override
    public int poll(long timeoutNanos, ReadySink sink) throws IOException {
        int result = await(timeoutNanos);
        if (result == -Errno.EINTR) {
            return 0;
        }
        if (result < 0 && result != -Errno.EBADF) {
            throw new SystemCallFailed("pselect", -result);
        }
        // After EBADF the sets hold all that was wanted, and whoever isn't open is gone. Twisted: _preenDescriptors.
        int told = 0;
        for (int looked = 0; looked < tokens.length && told < maxEvents; looked++) {
            int fd = next;
            next = (next + 1) % tokens.length;
            int events = readiness(fd);
            if (events != 0 && fd == wakeup.fd()) {
                wakeup.drain();
            } else if (events != 0 && (result >= 0 || !isOpen(fd))) {
                sink.ready(tokens[fd], result >= 0 ? events : Ready.GONE);
                told++;
            }
        }
        return told;
    }

    /** Leaves in the sets what is ready, or all that is wanted if it fails. Answers as {@link Libc} does. */
    private int await(long timeoutNanos) {
        int words = tokens.length / 64;
        for (int i = 0; i < SETS * words; i++) {
            sets.bytes().putLong(i * 8, wanted[i / words][i % words]);
        }
        timespec.bytes().putLong(0, timeoutNanos / NANOS_PER_SECOND).putLong(8, timeoutNanos % NANOS_PER_SECOND);
        long timeout = timeoutNanos < 0 ? 0 : timespec.address();
        long read = sets.address();
        int result = pselect(tokens.length, read, read + words * 8L, read + words * 16L, timeout, 0);
        return result < 0 ? -Native.getLastError() : result;
    }

    /** What the sets say of a number, as bits of {@link Ready}. */
    private int readiness(int fd) {
        int events = 0;
        for (int set = 0; set < SETS; set++) {
            events |= (int) (sets.bytes().getLong((set * tokens.length + fd) / 64 * 8) >>> fd & 1) << set;
        }
        return events;
    }

    private boolean isOpen(int fd) {
        return libc.fcntl(fd, Linux.F_GETFD, 0) >= 0;
    }

    @Override
    public void wakeup() {
        wakeup.write();
    }

    @Override
    public void close() {
        wakeup.close();
    }

    private static native int pselect(int count, long read, long write, long except, long timespec, long signals);
}
