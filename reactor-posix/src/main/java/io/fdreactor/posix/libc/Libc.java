// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.libc;

/**
 * The system calls that the reactors make. What each means is in its man page; what they all have in common is
 * this:
 *
 * <ul>
 *   <li>A result is the call's own, at least 0, or the negated {@link Errno errno}. None throws, and none repeats
 *       a call that a signal interrupted: EINTR is the caller's to judge.
 *   <li>Memory is given by address. Keep what owns it ({@link io.fdreactor.posix.DirectMemory} or a buffer)
 *       reachable until the call returns. Strings end with a NUL byte.
 *   <li>Lengths and results are ints, since Linux moves at most 0x7ffff000 bytes in a call, whatever it was offered.
 *   <li>Any thread may call.
 * </ul>
 *
 * <p>The numbers for flags and options are in {@link Linux}.
 */
public interface Libc {
    /** read(2): bytes read, 0 at the end of the file. */
    int read(int fd, long address, int length);

    /** write(2): bytes written. */
    int write(int fd, long address, int length);

    /** pread(2): bytes read, 0 at the end of the file. */
    int pread(int fd, long address, int length, long offset);

    /**
     * sendfile(2): bytes written, 0 at the end of the file.
     *
     * @param offset the address of a long: where in the file to begin, and afterwards where the next byte is
     */
    int sendfile(int outFd, int inFd, long offset, int count);

    /** readv(2), into so many structures of the type iovec: bytes read, 0 at the end of the file. */
    int readv(int fd, long iovecs, int count);

    /** writev(2), from so many structures of the type iovec: bytes written. */
    int writev(int fd, long iovecs, int count);

    /** recv(2): bytes received, 0 at the end of the stream. */
    int recv(int fd, long address, int length, int flags);

    /** send(2): bytes sent. */
    int send(int fd, long address, int length, int flags);

    /** close(2). Also after an error the number is gone: never repeat it. */
    int close(int fd);

    /** open(2): the number. */
    int open(long path, int flags, int mode);

    /** pipe2(2): writes two ints, the reading end first. */
    int pipe2(long fds, int flags);

    /** eventfd(2): the number. */
    int eventfd(int initialValue, int flags);

    /** fcntl(2), for the commands that take an int or nothing: what the command says. */
    int fcntl(int fd, int command, int argument);

    /** socket(2): the number. */
    int socket(int domain, int type, int protocol);

    /** socketpair(2): writes two ints. */
    int socketpair(int domain, int type, int protocol, long fds);

    /** bind(2). */
    int bind(int fd, long address, int addressLength);

    /** listen(2). */
    int listen(int fd, int backlog);

    /** accept4(2): the number. Writes the peer's address and, over the room there was, its length (an int). */
    int accept4(int fd, long address, long addressLength, int flags);

    /** connect(2). */
    int connect(int fd, long address, int addressLength);

    /** shutdown(2). */
    int shutdown(int fd, int how);

    /** getsockopt(2): writes the value and, over the room there was, its length (an int). */
    int getsockopt(int fd, int level, int option, long value, long valueLength);

    /** setsockopt(2). */
    int setsockopt(int fd, int level, int option, long value, int valueLength);

    /** getsockname(2): writes the address and, over the room there was, its length (an int). */
    int getsockname(int fd, long address, long addressLength);

    /** getpeername(2): writes the address and, over the room there was, its length (an int). */
    int getpeername(int fd, long address, long addressLength);

    /** poll(2), over so many structures of the type pollfd: how many of them have something to tell. */
    int poll(long pollfds, int count, int timeoutMillis);

    /** epoll_create1(2): the number. */
    int epollCreate1(int flags);

    /** epoll_ctl(2), with the address of a structure {@code epoll_event}. */
    int epollCtl(int epfd, int operation, int fd, long event);

    /** epoll_wait(2): how many structures {@code epoll_event} it has written. */
    int epollWait(int epfd, long events, int maxEvents, int timeoutMillis);

    /**
     * epoll_pwait2(2) without a signal mask: how many structures {@code epoll_event} it has written. Linux has it
     * from 5.11 on; -ENOSYS before.
     *
     * @param timeout the address of a structure {@code timespec}: two longs, seconds and nanoseconds
     */
    int epollPwait2(int epfd, long events, int maxEvents, long timeout);
}
