// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.internal.jna;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/**
 * libc's own functions, mapped directly. Arguments are ints and longs alone, which JNA passes without allocating;
 * size_t, ssize_t and pointers are longs, so this is for 64 bits.
 *
 * <p>Every symbol must exist or none is mapped, so only those are here that every libc has. What came later is
 * reached by number through syscall(2): there a kernel that lacks it says ENOSYS, whatever libc knows of it.
 * open, fcntl and syscall are variadic in C; with integers alone that makes no difference to the calling
 * conventions of the architectures we accept.
 */
final class CLibrary {
    static {
        Native.register(CLibrary.class, NativeLibrary.getProcess());
    }

    private CLibrary() {}

    static native long read(int fd, long address, long length);

    static native long write(int fd, long address, long length);

    static native long pread(int fd, long address, long length, long offset);

    static native long sendfile(int outFd, int inFd, long offset, long count);

    static native long readv(int fd, long iovecs, int count);

    static native long writev(int fd, long iovecs, int count);

    static native long recv(int fd, long address, long length, int flags);

    static native long send(int fd, long address, long length, int flags);

    static native int close(int fd);

    static native int open(long path, int flags, int mode);

    static native int pipe2(long fds, int flags);

    static native int eventfd(int initialValue, int flags);

    static native int fcntl(int fd, int command, int argument);

    static native int socket(int domain, int type, int protocol);

    static native int socketpair(int domain, int type, int protocol, long fds);

    static native int bind(int fd, long address, int addressLength);

    static native int listen(int fd, int backlog);

    static native int accept4(int fd, long address, long addressLength, int flags);

    static native int connect(int fd, long address, int addressLength);

    static native int shutdown(int fd, int how);

    static native int getsockopt(int fd, int level, int option, long value, long valueLength);

    static native int setsockopt(int fd, int level, int option, long value, int valueLength);

    static native int getsockname(int fd, long address, long addressLength);

    static native int getpeername(int fd, long address, long addressLength);

    static native int poll(long pollfds, long count, int timeoutMillis);

    static native int epoll_create1(int flags);

    static native int epoll_ctl(int epfd, int operation, int fd, long event);

    static native int epoll_wait(int epfd, long events, int maxEvents, int timeoutMillis);

    static native long syscall(long number, long a, long b, long c, long d, long e);
}
