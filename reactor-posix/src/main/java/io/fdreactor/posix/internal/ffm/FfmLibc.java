// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.internal.ffm;

import io.fdreactor.posix.libc.Libc;
import java.lang.invoke.MethodHandle;

/** {@link Libc} over java.lang.foreign. */
final class FfmLibc implements Libc {
    /** epoll_pwait2(2), numbered alike on all architectures. */
    private static final long SYS_EPOLL_PWAIT2 = 441;

    private final Functions functions = new Functions();

    @Override
    public int read(int fd, long address, int length) {
        return call(functions.read, fd, address, length);
    }

    @Override
    public int write(int fd, long address, int length) {
        return call(functions.write, fd, address, length);
    }

    @Override
    public int pread(int fd, long address, int length, long offset) {
        return call(functions.pread, fd, address, length, offset);
    }

    @Override
    public int sendfile(int outFd, int inFd, long offset, int count) {
        return call(functions.sendfile, outFd, inFd, offset, count);
    }

    @Override
    public int readv(int fd, long iovecs, int count) {
        return call(functions.readv, fd, iovecs, count);
    }

    @Override
    public int writev(int fd, long iovecs, int count) {
        return call(functions.writev, fd, iovecs, count);
    }

    @Override
    public int recv(int fd, long address, int length, int flags) {
        return call(functions.recv, fd, address, length, flags);
    }

    @Override
    public int send(int fd, long address, int length, int flags) {
        return call(functions.send, fd, address, length, flags);
    }

    @Override
    public int close(int fd) {
        return call(functions.close, fd);
    }

    @Override
    public int open(long path, int flags, int mode) {
        return call(functions.open, path, flags, mode);
    }

    @Override
    public int pipe2(long fds, int flags) {
        return call(functions.pipe2, fds, flags);
    }

    @Override
    public int eventfd(int initialValue, int flags) {
        return call(functions.eventfd, initialValue, flags);
    }

    @Override
    public int fcntl(int fd, int command, int argument) {
        return call(functions.fcntl, fd, command, argument);
    }

    @Override
    public int socket(int domain, int type, int protocol) {
        return call(functions.socket, domain, type, protocol);
    }

    @Override
    public int socketpair(int domain, int type, int protocol, long fds) {
        return call(functions.socketpair, domain, type, protocol, fds);
    }

    @Override
    public int bind(int fd, long address, int addressLength) {
        return call(functions.bind, fd, address, addressLength);
    }

    @Override
    public int listen(int fd, int backlog) {
        return call(functions.listen, fd, backlog);
    }

    @Override
    public int accept4(int fd, long address, long addressLength, int flags) {
        return call(functions.accept4, fd, address, addressLength, flags);
    }

    @Override
    public int connect(int fd, long address, int addressLength) {
        return call(functions.connect, fd, address, addressLength);
    }

    @Override
    public int shutdown(int fd, int how) {
        return call(functions.shutdown, fd, how);
    }

    @Override
    public int getsockopt(int fd, int level, int option, long value, long valueLength) {
        return call(functions.getsockopt, fd, level, option, value, valueLength);
    }

    @Override
    public int setsockopt(int fd, int level, int option, long value, int valueLength) {
        return call(functions.setsockopt, fd, level, option, value, valueLength);
    }

    @Override
    public int getsockname(int fd, long address, long addressLength) {
        return call(functions.getsockname, fd, address, addressLength);
    }

    @Override
    public int getpeername(int fd, long address, long addressLength) {
        return call(functions.getpeername, fd, address, addressLength);
    }

    @Override
    public int poll(long pollfds, int count, int timeoutMillis) {
        return call(functions.poll, pollfds, count, timeoutMillis);
    }

    @Override
    public int epollCreate1(int flags) {
        return call(functions.epollCreate1, flags);
    }

    @Override
    public int epollCtl(int epfd, int operation, int fd, long event) {
        return call(functions.epollCtl, epfd, operation, fd, event);
    }

    @Override
    public int epollWait(int epfd, long events, int maxEvents, int timeoutMillis) {
        return call(functions.epollWait, epfd, events, maxEvents, timeoutMillis);
    }

    @Override
    public int epollPwait2(int epfd, long events, int maxEvents, long timeout) {
        return call(functions.syscall5, SYS_EPOLL_PWAIT2, epfd, events, maxEvents, timeout, 0L);
    }

    static int call(MethodHandle function, long a) {
        Object[] state = CallState.ofThread();
        try {
            return CallState.result(state, (long) function.invokeExact(CallState.segment(state), a));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    static int call(MethodHandle function, long a, long b) {
        Object[] state = CallState.ofThread();
        try {
            return CallState.result(state, (long) function.invokeExact(CallState.segment(state), a, b));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    static int call(MethodHandle function, long a, long b, long c) {
        Object[] state = CallState.ofThread();
        try {
            return CallState.result(state, (long) function.invokeExact(CallState.segment(state), a, b, c));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    static int call(MethodHandle function, long a, long b, long c, long d) {
        Object[] state = CallState.ofThread();
        try {
            return CallState.result(state, (long) function.invokeExact(CallState.segment(state), a, b, c, d));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    static int call(MethodHandle function, long a, long b, long c, long d, long e) {
        Object[] state = CallState.ofThread();
        try {
            return CallState.result(state, (long) function.invokeExact(CallState.segment(state), a, b, c, d, e));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    static int call(MethodHandle function, long a, long b, long c, long d, long e, long f) {
        Object[] state = CallState.ofThread();
        try {
            return CallState.result(state, (long) function.invokeExact(CallState.segment(state), a, b, c, d, e, f));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    /** A function of C throws nothing, and its handle has the type that it is invoked with. */
    static AssertionError impossible(Throwable thrown) {
        return new AssertionError("a system call can't throw", thrown);
    }
}
