// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.internal.jna;

import static io.fdreactor.posix.internal.jna.JnaLibc.result;

import io.fdreactor.posix.libc.LibcExtras;

/** {@link LibcExtras} over JNA. */
final class JnaLibcExtras implements LibcExtras {
    /** pidfd_open(2), numbered alike on all architectures. */
    private static final long SYS_PIDFD_OPEN = 434;

    @Override
    public int mkfifo(long path, int mode) {
        return result(CExtras.mkfifo(path, mode));
    }

    @Override
    public int timerfdCreate(int clock, int flags) {
        return result(CExtras.timerfd_create(clock, flags));
    }

    @Override
    public int timerfdSettime(int fd, int flags, long newValue, long oldValue) {
        return result(CExtras.timerfd_settime(fd, flags, newValue, oldValue));
    }

    @Override
    public int inotifyInit1(int flags) {
        return result(CExtras.inotify_init1(flags));
    }

    @Override
    public int inotifyAddWatch(int fd, long path, int mask) {
        return result(CExtras.inotify_add_watch(fd, path, mask));
    }

    @Override
    public int pidfdOpen(int pid, int flags) {
        return result(CLibrary.syscall(SYS_PIDFD_OPEN, pid, flags, 0, 0, 0));
    }

    @Override
    public int posixOpenpt(int flags) {
        return result(CExtras.posix_openpt(flags));
    }

    @Override
    public int grantpt(int fd) {
        return result(CExtras.grantpt(fd));
    }

    @Override
    public int unlockpt(int fd) {
        return result(CExtras.unlockpt(fd));
    }

    @Override
    public int ptsnameR(int fd, long buffer, int length) {
        // This and those of threads return their error as a positive number.
        return -CExtras.ptsname_r(fd, buffer, length);
    }

    @Override
    public long pthreadSelf() {
        return CExtras.pthread_self();
    }

    @Override
    public int pthreadKill(long thread, int signal) {
        return -CExtras.pthread_kill(thread, signal);
    }
}
