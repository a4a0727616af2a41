// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.internal.jna;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** The rarer functions of libc, mapped apart from {@link CLibrary} so that none of them can keep those away. */
final class CExtras {
    static {
        Native.register(CExtras.class, NativeLibrary.getProcess());
    }

    private CExtras() {}

    static native int mkfifo(long path, int mode);

    static native int timerfd_create(int clock, int flags);

    static native int timerfd_settime(int fd, int flags, long newValue, long oldValue);

    static native int inotify_init1(int flags);

    static native int inotify_add_watch(int fd, long path, int mask);

    static native int posix_openpt(int flags);

    static native int grantpt(int fd);

    static native int unlockpt(int fd);

    static native int ptsname_r(int fd, long buffer, long length);

    static native long pthread_self();

    static native int pthread_kill(long thread, int signal);
}
