// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.libc;

/**
 * Calls that make descriptors of the rarer kinds, and signals: no reactor needs them, those who test one or try one out
 * do.
 * All that {@link Libc} says of results, memory and threads holds here.
 */
public interface LibcExtras {
    /** mkfifo(3). */
    int mkfifo(long path, int mode);

    /** timerfd_create(2): the number. */
    int timerfdCreate(int clock, int flags);

    /** timerfd_settime(2), with addresses of structures {@code itimerspec}; the old one may be 0. */
    int timerfdSettime(int fd, int flags, long newValue, long oldValue);

    /** inotify_init1(2): the number. */
    int inotifyInit1(int flags);

    /** inotify_add_watch(2): the watch descriptor. */
    int inotifyAddWatch(int fd, long path, int mask);

    /** pidfd_open(2): the number, close-on-exec. Linux has it from 5.3 on; -ENOSYS before. */
    int pidfdOpen(int pid, int flags);

    /** posix_openpt(3): the number of a pseudo-terminal's master side. Linux takes all flags of open(2). */
    int posixOpenpt(int flags);

    /** grantpt(3). */
    int grantpt(int fd);

    /** unlockpt(3). */
    int unlockpt(int fd);

    /** ptsname_r(3): writes the path of the slave side, with a NUL byte at its end. */
    int ptsnameR(int fd, long buffer, int length);

    /** pthread_self(3): the calling thread, for {@link #pthreadKill}. */
    long pthreadSelf();

    /** pthread_kill(3): sends a signal to a thread, which has to be alive. */
    int pthreadKill(long thread, int signal);
}
