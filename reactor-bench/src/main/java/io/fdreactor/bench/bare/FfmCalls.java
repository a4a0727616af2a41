// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.bare;

import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;

/** By java.lang.foreign, errno captured after each call, with handles that the compiler sees as constants. */
final class FfmCalls implements Calls {
    private static final Foreign FOREIGN = new Foreign();
    private static final MethodHandle EPOLL_CREATE1 = FOREIGN.function("epoll_create1", int.class, int.class);
    private static final MethodHandle EPOLL_CTL =
            FOREIGN.function("epoll_ctl", int.class, int.class, int.class, int.class, long.class);
    private static final MethodHandle EPOLL_WAIT =
            FOREIGN.function("epoll_wait", int.class, int.class, long.class, int.class, int.class);
    private static final MethodHandle READ = FOREIGN.function("read", long.class, int.class, long.class, long.class);
    private static final MethodHandle WRITE = FOREIGN.function("write", long.class, int.class, long.class, long.class);
    private static final MethodHandle RECV =
            FOREIGN.function("recv", long.class, int.class, long.class, long.class, int.class);
    private static final MethodHandle SEND =
            FOREIGN.function("send", long.class, int.class, long.class, long.class, int.class);
    private static final MethodHandle CLOSE = FOREIGN.function("close", int.class, int.class);
    private static final MethodHandle DUP = FOREIGN.function("dup", int.class, int.class);
    private static final MethodHandle PIPE2 = FOREIGN.function("pipe2", int.class, long.class, int.class);
    private static final MethodHandle SOCKETPAIR =
            FOREIGN.function("socketpair", int.class, int.class, int.class, int.class, long.class);

    @Override
    public int epollCreate() {
        try {
            return (int) EPOLL_CREATE1.invokeExact(Flags.CLOEXEC);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public int epollControl(int set, int operation, int fd, long event) {
        try {
            return (int) EPOLL_CTL.invokeExact(set, operation, fd, event);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public int epollWait(int set, long events, int capacity, int timeoutMillis) {
        try {
            return (int) EPOLL_WAIT.invokeExact(set, events, capacity, timeoutMillis);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public long read(int fd, long address, long length) {
        try {
            return (long) READ.invokeExact(fd, address, length);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public long write(int fd, long address, long length) {
        try {
            return (long) WRITE.invokeExact(fd, address, length);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public long recv(int fd, long address, long length) {
        try {
            return (long) RECV.invokeExact(fd, address, length, 0);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public long send(int fd, long address, long length) {
        try {
            return (long) SEND.invokeExact(fd, address, length, Flags.MSG_NOSIGNAL);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public int close(int fd) {
        try {
            return (int) CLOSE.invokeExact(fd);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public int dup(int fd) {
        try {
            return (int) DUP.invokeExact(fd);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public int pipe(long fds) {
        try {
            return (int) PIPE2.invokeExact(fds, Flags.CLOEXEC | Flags.NONBLOCK);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public int socketPair(long fds) {
        try {
            return (int)
                    SOCKETPAIR.invokeExact(Flags.AF_UNIX, Flags.SOCK_STREAM | Flags.CLOEXEC | Flags.NONBLOCK, 0, fds);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public int errno() {
        return FOREIGN.errno();
    }

    @Override
    public long address(ByteBuffer direct) {
        return FOREIGN.address(direct);
    }
}
