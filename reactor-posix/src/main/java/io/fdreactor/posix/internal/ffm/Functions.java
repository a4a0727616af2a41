// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.internal.ffm;

import java.lang.invoke.MethodHandle;

/**
 * libc's functions.
 *
 * <p>The handles are fields of an object, and so no constants to the JIT, on purpose. It compiles the code behind each by
 * itself then, which costs a jump for a call. Of a constant it would compile that code into whoever calls, and where that
 * has become too large, it leaves out the end: then each call makes an object of 40 bytes, a slice of the memory for errno.
 *
 * <p>Every symbol must exist or none can be used, so only those are here that every libc has. What came later is
 * reached by number through syscall(2): there a kernel that lacks it says ENOSYS, whatever libc knows of it.
 */
final class Functions {
    final MethodHandle read = Foreign.INSTANCE.function("read", 3);
    final MethodHandle write = Foreign.INSTANCE.function("write", 3);
    final MethodHandle pread = Foreign.INSTANCE.function("pread", 4);
    final MethodHandle sendfile = Foreign.INSTANCE.function("sendfile", 4);
    final MethodHandle readv = Foreign.INSTANCE.function("readv", 3);
    final MethodHandle writev = Foreign.INSTANCE.function("writev", 3);
    final MethodHandle recv = Foreign.INSTANCE.function("recv", 4);
    final MethodHandle send = Foreign.INSTANCE.function("send", 4);
    final MethodHandle close = Foreign.INSTANCE.function("close", 1);
    final MethodHandle open = Foreign.INSTANCE.variadic("open", 2, 3);
    final MethodHandle pipe2 = Foreign.INSTANCE.function("pipe2", 2);
    final MethodHandle eventfd = Foreign.INSTANCE.function("eventfd", 2);
    final MethodHandle fcntl = Foreign.INSTANCE.variadic("fcntl", 2, 3);
    final MethodHandle socket = Foreign.INSTANCE.function("socket", 3);
    final MethodHandle socketpair = Foreign.INSTANCE.function("socketpair", 4);
    final MethodHandle bind = Foreign.INSTANCE.function("bind", 3);
    final MethodHandle listen = Foreign.INSTANCE.function("listen", 2);
    final MethodHandle accept4 = Foreign.INSTANCE.function("accept4", 4);
    final MethodHandle connect = Foreign.INSTANCE.function("connect", 3);
    final MethodHandle shutdown = Foreign.INSTANCE.function("shutdown", 2);
    final MethodHandle getsockopt = Foreign.INSTANCE.function("getsockopt", 5);
    final MethodHandle setsockopt = Foreign.INSTANCE.function("setsockopt", 5);
    final MethodHandle getsockname = Foreign.INSTANCE.function("getsockname", 3);
    final MethodHandle getpeername = Foreign.INSTANCE.function("getpeername", 3);
    final MethodHandle poll = Foreign.INSTANCE.function("poll", 3);
    final MethodHandle epollCreate1 = Foreign.INSTANCE.function("epoll_create1", 1);
    final MethodHandle epollCtl = Foreign.INSTANCE.function("epoll_ctl", 4);
    final MethodHandle epollWait = Foreign.INSTANCE.function("epoll_wait", 4);
    final MethodHandle syscall5 = Foreign.INSTANCE.variadic("syscall", 1, 6);
}
