// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.internal.ffm;

import io.fdreactor.posix.libc.Libc;
import java.lang.invoke.MethodHandle;

/**
 * {@link Libc} over java.lang.foreign.
 *
 * <p>The calls that a loop makes all the time name their function where they invoke it, for it to be a constant there
 * whatever the JIT decides to inline; the others share {@code call}.
 */
final class FfmLibc implements Libc {
    /** epoll_pwait2(2), numbered alike on all architectures. */
    private static final long SYS_EPOLL_PWAIT2 = 441;

    @Override
    public int read(int fd, long address, int length) {
        CallState state = CallState.ofThread();
        try {
            return state.result((long) Functions.READ.invokeExact(state.segment, (long) fd, address, (long) length));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    @Override
    public int write(int fd, long address, int length) {
        CallState state = CallState.ofThread();
        try {
            return state.result((long) Functions.WRITE.invokeExact(state.segment, (long) fd, address, (long) length));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    @Override
    public int pread(int fd, long address, int length, long offset) {
        return call(Functions.PREAD, (long) fd, address, (long) length, offset);
    }

    @Override
    public int sendfile(int outFd, int inFd, long offset, int count) {
        return call(Functions.SENDFILE, (long) outFd, (long) inFd, offset, (long) count);
    }

    @Override
    public int readv(int fd, long iovecs, int count) {
        CallState state = CallState.ofThread();
        try {
            return state.result((long) Functions.READV.invokeExact(state.segment, (long) fd, iovecs, (long) count));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    @Override
    public int writev(int fd, long iovecs, int count) {
        CallState state = CallState.ofThread();
        try {
            return state.result((long) Functions.WRITEV.invokeExact(state.segment, (long) fd, iovecs, (long) count));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    @Override
    public int recv(int fd, long address, int length, int flags) {
        CallState state = CallState.ofThread();
        try {
            return state.result(
                    (long) Functions.RECV.invokeExact(state.segment, (long) fd, address, (long) length, (long) flags));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    @Override
    public int send(int fd, long address, int length, int flags) {
        CallState state = CallState.ofThread();
        try {
            return state.result(
                    (long) Functions.SEND.invokeExact(state.segment, (long) fd, address, (long) length, (long) flags));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    @Override
    public int close(int fd) {
        return call(Functions.CLOSE, (long) fd);
    }

    @Override
    public int open(long path, int flags, int mode) {
        return call(Functions.OPEN, path, (long) flags, (long) mode);
    }

    @Override
    public int pipe2(long fds, int flags) {
        return call(Functions.PIPE2, fds, (long) flags);
    }

    @Override
    public int eventfd(int initialValue, int flags) {
        return call(Functions.EVENTFD, (long) initialValue, (long) flags);
    }

    @Override
    public int fcntl(int fd, int command, int argument) {
        return call(Functions.FCNTL, (long) fd, (long) command, (long) argument);
    }

    @Override
    public int socket(int domain, int type, int protocol) {
        return call(Functions.SOCKET, (long) domain, (long) type, (long) protocol);
    }

    @Override
    public int socketpair(int domain, int type, int protocol, long fds) {
        return call(Functions.SOCKETPAIR, (long) domain, (long) type, (long) protocol, fds);
    }

    @Override
    public int bind(int fd, long address, int addressLength) {
        return call(Functions.BIND, (long) fd, address, (long) addressLength);
    }

    @Override
    public int listen(int fd, int backlog) {
        return call(Functions.LISTEN, (long) fd, (long) backlog);
    }

    @Override
    public int accept4(int fd, long address, long addressLength, int flags) {
        CallState state = CallState.ofThread();
        try {
            return state.result((long)
                    Functions.ACCEPT4.invokeExact(state.segment, (long) fd, address, addressLength, (long) flags));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    @Override
    public int connect(int fd, long address, int addressLength) {
        return call(Functions.CONNECT, (long) fd, address, (long) addressLength);
    }

    @Override
    public int shutdown(int fd, int how) {
        return call(Functions.SHUTDOWN, (long) fd, (long) how);
    }

    @Override
    public int getsockopt(int fd, int level, int option, long value, long valueLength) {
        return call(Functions.GETSOCKOPT, (long) fd, (long) level, (long) option, value, valueLength);
    }

    @Override
    public int setsockopt(int fd, int level, int option, long value, int valueLength) {
        return call(Functions.SETSOCKOPT, (long) fd, (long) level, (long) option, value, (long) valueLength);
    }

    @Override
    public int getsockname(int fd, long address, long addressLength) {
        return call(Functions.GETSOCKNAME, (long) fd, address, addressLength);
    }

    @Override
    public int getpeername(int fd, long address, long addressLength) {
        return call(Functions.GETPEERNAME, (long) fd, address, addressLength);
    }

    @Override
    public int poll(long pollfds, int count, int timeoutMillis) {
        CallState state = CallState.ofThread();
        try {
            return state.result(
                    (long) Functions.POLL.invokeExact(state.segment, pollfds, (long) count, (long) timeoutMillis));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    @Override
    public int epollCreate1(int flags) {
        return call(Functions.EPOLL_CREATE1, (long) flags);
    }

    @Override
    public int epollCtl(int epfd, int operation, int fd, long event) {
        CallState state = CallState.ofThread();
        try {
            return state.result((long)
                    Functions.EPOLL_CTL.invokeExact(state.segment, (long) epfd, (long) operation, (long) fd, event));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    @Override
    public int epollWait(int epfd, long events, int maxEvents, int timeoutMillis) {
        CallState state = CallState.ofThread();
        try {
            return state.result((long) Functions.EPOLL_WAIT.invokeExact(
                    state.segment, (long) epfd, events, (long) maxEvents, (long) timeoutMillis));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    @Override
    public int epollPwait2(int epfd, long events, int maxEvents, long timeout) {
        CallState state = CallState.ofThread();
        try {
            return state.result((long) Functions.SYSCALL_5.invokeExact(
                    state.segment, SYS_EPOLL_PWAIT2, (long) epfd, events, (long) maxEvents, timeout, 0L));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    static int call(MethodHandle function, long a) {
        CallState state = CallState.ofThread();
        try {
            return state.result((long) function.invokeExact(state.segment, a));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    static int call(MethodHandle function, long a, long b) {
        CallState state = CallState.ofThread();
        try {
            return state.result((long) function.invokeExact(state.segment, a, b));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    static int call(MethodHandle function, long a, long b, long c) {
        CallState state = CallState.ofThread();
        try {
            return state.result((long) function.invokeExact(state.segment, a, b, c));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    static int call(MethodHandle function, long a, long b, long c, long d) {
        CallState state = CallState.ofThread();
        try {
            return state.result((long) function.invokeExact(state.segment, a, b, c, d));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    static int call(MethodHandle function, long a, long b, long c, long d, long e) {
        CallState state = CallState.ofThread();
        try {
            return state.result((long) function.invokeExact(state.segment, a, b, c, d, e));
        } catch (Throwable thrown) {
            throw impossible(thrown);
        }
    }

    /** A function of C throws nothing, and its handle has the type that it is invoked with. */
    static AssertionError impossible(Throwable thrown) {
        return new AssertionError("a system call can't throw", thrown);
    }
}
