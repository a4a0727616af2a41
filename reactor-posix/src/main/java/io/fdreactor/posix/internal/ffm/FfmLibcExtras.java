// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.internal.ffm;

import static io.fdreactor.posix.internal.ffm.FfmLibc.call;

import io.fdreactor.posix.libc.LibcExtras;
import java.lang.invoke.MethodHandle;

/** {@link LibcExtras} over java.lang.foreign. */
final class FfmLibcExtras implements LibcExtras {
    /** pidfd_open(2), numbered alike on all architectures. */
    private static final long SYS_PIDFD_OPEN = 434;

    /** Apart from {@link Functions}, so that none of these can keep those away. */
    private static final class Rare {
        static final MethodHandle MKFIFO = Foreign.INSTANCE.function("mkfifo", 2);
        static final MethodHandle TIMERFD_CREATE = Foreign.INSTANCE.function("timerfd_create", 2);
        static final MethodHandle TIMERFD_SETTIME = Foreign.INSTANCE.function("timerfd_settime", 4);
        static final MethodHandle INOTIFY_INIT1 = Foreign.INSTANCE.function("inotify_init1", 1);
        static final MethodHandle INOTIFY_ADD_WATCH = Foreign.INSTANCE.function("inotify_add_watch", 3);
        static final MethodHandle POSIX_OPENPT = Foreign.INSTANCE.function("posix_openpt", 1);
        static final MethodHandle GRANTPT = Foreign.INSTANCE.function("grantpt", 1);
        static final MethodHandle UNLOCKPT = Foreign.INSTANCE.function("unlockpt", 1);
        static final MethodHandle PTSNAME_R = Foreign.INSTANCE.function("ptsname_r", 3);
        static final MethodHandle PTHREAD_SELF = Foreign.INSTANCE.function("pthread_self", 0);
        static final MethodHandle PTHREAD_KILL = Foreign.INSTANCE.function("pthread_kill", 2);
        static final MethodHandle SYSCALL_2 = Foreign.INSTANCE.variadic("syscall", 1, 3);

        private Rare() {}
    }

    @Override
    public int mkfifo(long path, int mode) {
        return call(Rare.MKFIFO, path, mode);
    }

    @Override
    public int timerfdCreate(int clock, int flags) {
        return call(Rare.TIMERFD_CREATE, clock, flags);
    }

    @Override
    public int timerfdSettime(int fd, int flags, long newValue, long oldValue) {
        return call(Rare.TIMERFD_SETTIME, fd, flags, newValue, oldValue);
    }

    @Override
    public int inotifyInit1(int flags) {
        return call(Rare.INOTIFY_INIT1, flags);
    }

    @Override
    public int inotifyAddWatch(int fd, long path, int mask) {
        return call(Rare.INOTIFY_ADD_WATCH, fd, path, mask);
    }

    @Override
    public int pidfdOpen(int pid, int flags) {
        return call(Rare.SYSCALL_2, SYS_PIDFD_OPEN, pid, flags);
    }

    @Override
    public int posixOpenpt(int flags) {
        return call(Rare.POSIX_OPENPT, flags);
    }

    @Override
    public int grantpt(int fd) {
        return call(Rare.GRANTPT, fd);
    }

    @Override
    public int unlockpt(int fd) {
        return call(Rare.UNLOCKPT, fd);
    }

    @Override
    public int ptsnameR(int fd, long buffer, int length) {
        // This and those of threads return their error as a positive number.
        return -call(Rare.PTSNAME_R, fd, buffer, length);
    }

    @Override
    public long pthreadSelf() {
        try {
            return (long) Rare.PTHREAD_SELF.invokeExact(CallState.segment(CallState.ofThread()));
        } catch (Throwable thrown) {
            throw FfmLibc.impossible(thrown);
        }
    }

    @Override
    public int pthreadKill(long thread, int signal) {
        return -call(Rare.PTHREAD_KILL, thread, signal);
    }
}
