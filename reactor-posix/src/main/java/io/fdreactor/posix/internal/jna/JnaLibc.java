// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.internal.jna;

import com.sun.jna.Native;
import io.fdreactor.posix.libc.Libc;

/**
 * {@link Libc} over JNA. JNA keeps errno per thread, as the call left it; it is looked at after a failure only,
 * since success doesn't reset it.
 */
final class JnaLibc implements Libc {
    /** epoll_pwait2(2), numbered alike on all architectures. */
    private static final long SYS_EPOLL_PWAIT2 = 441;

    static int result(long result) {
        return result < 0 ? -Native.getLastError() : (int) result;
    }

    @Override
    public int read(int fd, long address, int length) {
        return result(CLibrary.read(fd, address, length));
    }

    @Override
    public int write(int fd, long address, int length) {
        return result(CLibrary.write(fd, address, length));
    }

    @Override
    public int pread(int fd, long address, int length, long offset) {
        return result(CLibrary.pread(fd, address, length, offset));
    }

    @Override
    public int sendfile(int outFd, int inFd, long offset, int count) {
        return result(CLibrary.sendfile(outFd, inFd, offset, count));
    }

    @Override
    public int readv(int fd, long iovecs, int count) {
        return result(CLibrary.readv(fd, iovecs, count));
    }

    @Override
    public int writev(int fd, long iovecs, int count) {
        return result(CLibrary.writev(fd, iovecs, count));
    }

    @Override
    public int recv(int fd, long address, int length, int flags) {
        return result(CLibrary.recv(fd, address, length, flags));
    }

    @Override
    public int send(int fd, long address, int length, int flags) {
        return result(CLibrary.send(fd, address, length, flags));
    }

    @Override
    public int close(int fd) {
        return result(CLibrary.close(fd));
    }

    @Override
    public int open(long path, int flags, int mode) {
        return result(CLibrary.open(path, flags, mode));
    }

    @Override
    public int pipe2(long fds, int flags) {
        return result(CLibrary.pipe2(fds, flags));
    }

    @Override
    public int eventfd(int initialValue, int flags) {
        return result(CLibrary.eventfd(initialValue, flags));
    }

    @Override
    public int fcntl(int fd, int command, int argument) {
        return result(CLibrary.fcntl(fd, command, argument));
    }

    @Override
    public int socket(int domain, int type, int protocol) {
        return result(CLibrary.socket(domain, type, protocol));
    }

    @Override
    public int socketpair(int domain, int type, int protocol, long fds) {
        return result(CLibrary.socketpair(domain, type, protocol, fds));
    }

    @Override
    public int bind(int fd, long address, int addressLength) {
        return result(CLibrary.bind(fd, address, addressLength));
    }

    @Override
    public int listen(int fd, int backlog) {
        return result(CLibrary.listen(fd, backlog));
    }

    @Override
    public int accept4(int fd, long address, long addressLength, int flags) {
        return result(CLibrary.accept4(fd, address, addressLength, flags));
    }

    @Override
    public int connect(int fd, long address, int addressLength) {
        return result(CLibrary.connect(fd, address, addressLength));
    }

    @Override
    public int shutdown(int fd, int how) {
        return result(CLibrary.shutdown(fd, how));
    }

    @Override
    public int getsockopt(int fd, int level, int option, long value, long valueLength) {
        return result(CLibrary.getsockopt(fd, level, option, value, valueLength));
    }

    @Override
    public int setsockopt(int fd, int level, int option, long value, int valueLength) {
        return result(CLibrary.setsockopt(fd, level, option, value, valueLength));
    }

    @Override
    public int getsockname(int fd, long address, long addressLength) {
        return result(CLibrary.getsockname(fd, address, addressLength));
    }

    @Override
    public int getpeername(int fd, long address, long addressLength) {
        return result(CLibrary.getpeername(fd, address, addressLength));
    }

    @Override
    public int poll(long pollfds, int count, int timeoutMillis) {
        return result(CLibrary.poll(pollfds, count, timeoutMillis));
    }

    @Override
    public int epollCreate1(int flags) {
        return result(CLibrary.epoll_create1(flags));
    }

    @Override
    public int epollCtl(int epfd, int operation, int fd, long event) {
        return result(CLibrary.epoll_ctl(epfd, operation, fd, event));
    }

    @Override
    public int epollWait(int epfd, long events, int maxEvents, int timeoutMillis) {
        return result(CLibrary.epoll_wait(epfd, events, maxEvents, timeoutMillis));
    }

    @Override
    public int epollPwait2(int epfd, long events, int maxEvents, long timeout) {
        return result(CLibrary.syscall(SYS_EPOLL_PWAIT2, epfd, events, maxEvents, timeout, 0));
    }
}
