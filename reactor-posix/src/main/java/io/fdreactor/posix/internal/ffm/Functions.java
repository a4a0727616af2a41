// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.internal.ffm;

import java.lang.invoke.MethodHandle;

/**
 * libc's functions. The handles are constants, so that the JIT compiles a call where it is made.
 *
 * <p>Every symbol must exist or none can be used, so only those are here that every libc has. What came later is
 * reached by number through syscall(2): there a kernel that lacks it says ENOSYS, whatever libc knows of it.
 */
final class Functions {
    /** First, for the others are made with it. */
    static final Foreign FOREIGN = new Foreign();

    static final MethodHandle READ = FOREIGN.function("read", 3);
    static final MethodHandle WRITE = FOREIGN.function("write", 3);
    static final MethodHandle PREAD = FOREIGN.function("pread", 4);
    static final MethodHandle SENDFILE = FOREIGN.function("sendfile", 4);
    static final MethodHandle READV = FOREIGN.function("readv", 3);
    static final MethodHandle WRITEV = FOREIGN.function("writev", 3);
    static final MethodHandle RECV = FOREIGN.function("recv", 4);
    static final MethodHandle SEND = FOREIGN.function("send", 4);
    static final MethodHandle CLOSE = FOREIGN.function("close", 1);
    static final MethodHandle OPEN = FOREIGN.variadic("open", 2, 3);
    static final MethodHandle PIPE2 = FOREIGN.function("pipe2", 2);
    static final MethodHandle EVENTFD = FOREIGN.function("eventfd", 2);
    static final MethodHandle FCNTL = FOREIGN.variadic("fcntl", 2, 3);
    static final MethodHandle SOCKET = FOREIGN.function("socket", 3);
    static final MethodHandle SOCKETPAIR = FOREIGN.function("socketpair", 4);
    static final MethodHandle BIND = FOREIGN.function("bind", 3);
    static final MethodHandle LISTEN = FOREIGN.function("listen", 2);
    static final MethodHandle ACCEPT4 = FOREIGN.function("accept4", 4);
    static final MethodHandle CONNECT = FOREIGN.function("connect", 3);
    static final MethodHandle SHUTDOWN = FOREIGN.function("shutdown", 2);
    static final MethodHandle GETSOCKOPT = FOREIGN.function("getsockopt", 5);
    static final MethodHandle SETSOCKOPT = FOREIGN.function("setsockopt", 5);
    static final MethodHandle GETSOCKNAME = FOREIGN.function("getsockname", 3);
    static final MethodHandle GETPEERNAME = FOREIGN.function("getpeername", 3);
    static final MethodHandle POLL = FOREIGN.function("poll", 3);
    static final MethodHandle EPOLL_CREATE1 = FOREIGN.function("epoll_create1", 1);
    static final MethodHandle EPOLL_CTL = FOREIGN.function("epoll_ctl", 4);
    static final MethodHandle EPOLL_WAIT = FOREIGN.function("epoll_wait", 4);
    static final MethodHandle SYSCALL_5 = FOREIGN.variadic("syscall", 1, 6);

    private Functions() {}
}
