// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static io.fdreactor.posix.libc.Errno.check;
import static io.fdreactor.posix.libc.Linux.SOCK_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.SOCK_NONBLOCK;
import static io.fdreactor.posix.libc.Linux.SOCK_STREAM;
import static io.fdreactor.posix.libc.Linux.SOL_SOCKET;
import static io.fdreactor.posix.libc.Linux.SO_LINGER;

import io.fdreactor.posix.libc.Libc;
import io.fdreactor.posix.libc.SystemCallFailed;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;

/**
 * The calls that sockets of both kinds make, with the memory for their arguments. One for all sockets of a reactor,
 * whose thread is the only one to use it.
 */
final class SocketCalls {
    /** UIO_MAXIOV: what writev(2) takes at most. */
    static final int MOST_IOVECS = 1024;

    private static final int IOVEC = 16;

    final Libc libc;
    final SockAddr sockAddr = new SockAddr();
    private final DirectMemory option = DirectMemory.allocate(8);
    private final DirectMemory optionLength = DirectMemory.allocate(4);
    private final DirectMemory fileOffset = DirectMemory.allocate(8);
    private final DirectMemory iovecs = DirectMemory.allocate(MOST_IOVECS * IOVEC);

    SocketCalls(Libc libc) {
        this.libc = libc;
    }

    int open(int family) throws IOException {
        return check(libc.socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket");
    }

    void bind(int fd, int family, InetSocketAddress address) throws IOException {
        sockAddr.put(address, family);
        checkBound(libc.bind(fd, sockAddr.address(), sockAddr.length()), "bind");
    }

    /** listen(2) finds an address taken that bind(2) let pass, if both have SO_REUSEADDR. */
    void listen(int fd, int backlog) throws IOException {
        checkBound(libc.listen(fd, backlog), "listen");
    }

    private static void checkBound(int result, String call) throws BindException {
        if (result < 0) {
            SystemCallFailed cause = new SystemCallFailed(call, -result);
            BindException failure = new BindException(cause.getMessage());
            failure.initCause(cause);
            throw failure;
        }
    }

    InetSocketAddress localAddress(int fd) throws IOException {
        sockAddr.clear();
        check(libc.getsockname(fd, sockAddr.address(), sockAddr.lengthAddress()), "getsockname");
        return sockAddr.get();
    }

    int getOption(int fd, int level, int name) throws IOException {
        optionLength.bytes().putInt(0, 4);
        check(libc.getsockopt(fd, level, name, option.address(), optionLength.address()), "getsockopt");
        return option.bytes().getInt(0);
    }

    void setOption(int fd, int level, int name, int value) throws IOException {
        option.bytes().putInt(0, value);
        check(libc.setsockopt(fd, level, name, option.address(), 4), "setsockopt");
    }

    /** SO_LINGER, on and for no time: close(2) resets the connection. Whether it works doesn't matter. */
    void lingerForNoTime(int fd) {
        option.bytes().putInt(0, 1).putInt(4, 0);
        libc.setsockopt(fd, SOL_SOCKET, SO_LINGER, option.address(), 8);
    }

    /** As {@link Libc#sendfile}. */
    int sendfile(int fd, int file, long position, int count) {
        fileOffset.bytes().putLong(0, position);
        return libc.sendfile(fd, file, fileOffset.address(), count);
    }

    void setIovec(int index, long address, int length) {
        iovecs.bytes().putLong(index * IOVEC, address).putLong(index * IOVEC + 8, length);
    }

    long iovecsAddress() {
        return iovecs.address();
    }
}
