// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static io.fdreactor.posix.libc.Errno.EAGAIN;
import static io.fdreactor.posix.libc.Errno.ECONNREFUSED;
import static io.fdreactor.posix.libc.Errno.EHOSTDOWN;
import static io.fdreactor.posix.libc.Errno.EHOSTUNREACH;
import static io.fdreactor.posix.libc.Errno.EINPROGRESS;
import static io.fdreactor.posix.libc.Errno.EINTR;
import static io.fdreactor.posix.libc.Errno.EINVAL;
import static io.fdreactor.posix.libc.Errno.ENETUNREACH;
import static io.fdreactor.posix.libc.Errno.ENOSYS;
import static io.fdreactor.posix.libc.Errno.ENOTCONN;
import static io.fdreactor.posix.libc.Errno.ETIMEDOUT;
import static io.fdreactor.posix.libc.Errno.check;
import static io.fdreactor.posix.libc.Linux.IPPROTO_TCP;
import static io.fdreactor.posix.libc.Linux.MSG_NOSIGNAL;
import static io.fdreactor.posix.libc.Linux.SHUT_WR;
import static io.fdreactor.posix.libc.Linux.SOL_SOCKET;
import static io.fdreactor.posix.libc.Linux.SO_ERROR;
import static io.fdreactor.posix.libc.Linux.SO_KEEPALIVE;
import static io.fdreactor.posix.libc.Linux.SO_RCVBUF;
import static io.fdreactor.posix.libc.Linux.SO_SNDBUF;
import static io.fdreactor.posix.libc.Linux.TCP_NODELAY;

import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets;
import io.fdreactor.posix.libc.SystemCallFailed;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A TCP connection, or what is to become one. */
final class PosixStreamSocket extends PosixSocket implements Sockets.StreamSocket {
    private final int family;

    /** Set once it is connected, and not changed by what happens to the connection afterwards. */
    private @Nullable SocketAddress remoteAddress;

    /** Connected to nobody yet. */
    PosixStreamSocket(SocketCalls calls, int fd, int family) {
        super(calls, fd);
        this.family = family;
    }

    static PosixStreamSocket accepted(SocketCalls calls, int fd, InetSocketAddress peer) {
        PosixStreamSocket socket = new PosixStreamSocket(calls, fd, SockAddr.familyOf(peer.getAddress()));
        socket.remoteAddress = peer;
        return socket;
    }

    /** The same connection for another reactor, which owns it from now on. */
    PosixStreamSocket movedTo(SocketCalls others) {
        PosixStreamSocket moved = new PosixStreamSocket(others, -1, family);
        moved.remoteAddress = remoteAddress;
        moved.take(release());
        return moved;
    }

    @Override
    boolean isAddressFixed() {
        return remoteAddress != null;
    }

    @Override
    public void bind(InetSocketAddress local) throws IOException {
        calls.bind(fileno(), family, local);
    }

    @Override
    public boolean connect(InetSocketAddress remote) throws IOException {
        SockAddr address = calls.sockAddr.put(remote, family);
        int result = calls.libc.connect(fileno(), address.address(), address.length());
        // After a signal the attempt goes on by itself, as it does without one.
        if (result == -EINPROGRESS || result == -EINTR) {
            return false;
        }
        checkConnected(result);
        remoteAddress = remote;
        return true;
    }

    @Override
    public boolean finishConnect() throws IOException {
        checkConnected(-calls.getOption(fileno(), SOL_SOCKET, SO_ERROR));
        // No error is what a pending attempt has, too; but it has no peer.
        SockAddr peer = calls.sockAddr.clear();
        int result = calls.libc.getpeername(fileno(), peer.address(), peer.lengthAddress());
        if (result == -ENOTCONN) {
            return false;
        }
        check(result, "getpeername");
        remoteAddress = peer.get();
        return true;
    }

    private static void checkConnected(int result) throws IOException {
        if (result < 0) {
            SystemCallFailed cause = new SystemCallFailed("connect", -result);
            IOException failure = switch (cause.errno()) {
                case ECONNREFUSED -> new ConnectException(cause.getMessage());
                case ENETUNREACH, EHOSTUNREACH, EHOSTDOWN -> new NoRouteToHostException(cause.getMessage());
                case ETIMEDOUT -> new SocketTimeoutException(cause.getMessage());
                default -> throw cause;
            };
            failure.initCause(cause);
            throw failure;
        }
    }

    @Override
    public int read(IoBuffer target, int offset, int length) throws IOException {
        long address = addressOf(target, offset, length);
        int result;
        do {
            result = calls.libc.recv(fileno(), address, length, 0);
        } while (result == -EINTR);
        Reference.reachabilityFence(target);
        if (result > 0) {
            return result;
        }
        if (result == -EAGAIN || length == 0) {
            return 0;
        }
        check(result, "recv");
        return -1;
    }

    @Override
    public int write(IoBuffer source, int offset, int length) throws IOException {
        long address = addressOf(source, offset, length);
        int result;
        do {
            result = calls.libc.send(fileno(), address, length, MSG_NOSIGNAL);
        } while (result == -EINTR);
        Reference.reachabilityFence(source);
        return result == -EAGAIN ? 0 : check(result, "send");
    }

    /**
     * With writev(2), which has no MSG_NOSIGNAL and needs none: a JVM handles SIGPIPE by itself, by doing nothing,
     * with -Xrs too.
     */
    @Override
    public long write(IoBuffer[] sources, int count) throws IOException {
        int taken = Math.min(count, SocketCalls.MOST_IOVECS);
        for (int i = 0; i < taken; i++) {
            int position = sources[i].bytes().position();
            int length = sources[i].bytes().remaining();
            calls.setIovec(i, addressOf(sources[i], position, length), length);
        }
        int result;
        do {
            result = calls.libc.writev(fileno(), calls.iovecsAddress(), taken);
        } while (result == -EINTR);
        Reference.reachabilityFence(sources);
        return result == -EAGAIN ? 0 : check(result, "writev");
    }

    /** With sendfile(2), which says EINVAL or ENOSYS of a file system that it can't serve. */
    @Override
    public int writeFrom(Sockets.OpenFile file, long position, int count, IoBuffer spare) throws IOException {
        if (file instanceof PosixFile numbered && !numbered.hasToBeRead()) {
            int result;
            do {
                result = calls.sendfile(fileno(), numbered.fileno(), position, count);
            } while (result == -EINTR);
            if (result == -EAGAIN) {
                return 0;
            }
            if (result != -EINVAL && result != -ENOSYS) {
                return check(result, "sendfile") == 0 ? -1 : result;
            }
            numbered.setHasToBeRead();
        }
        return Sockets.StreamSocket.super.writeFrom(file, position, count, spare);
    }

    private static long addressOf(IoBuffer buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.bytes().capacity());
        return ((PosixBuffer) buffer).address() + offset;
    }

    @Override
    public void shutdownOutput() throws IOException {
        check(calls.libc.shutdown(fileno(), SHUT_WR), "shutdown");
    }

    @Override
    public void resetOnClose() {
        calls.lingerForNoTime(fileno());
    }

    @Override
    public SocketAddress remoteAddress() throws IOException {
        if (remoteAddress == null) {
            throw new SystemCallFailed("getpeername", ENOTCONN);
        }
        return remoteAddress;
    }

    @Override
    public boolean noDelay() throws IOException {
        return calls.getOption(fileno(), IPPROTO_TCP, TCP_NODELAY) != 0;
    }

    @Override
    public void noDelay(boolean enabled) throws IOException {
        calls.setOption(fileno(), IPPROTO_TCP, TCP_NODELAY, enabled ? 1 : 0);
    }

    @Override
    public boolean keepAlive() throws IOException {
        return calls.getOption(fileno(), SOL_SOCKET, SO_KEEPALIVE) != 0;
    }

    @Override
    public void keepAlive(boolean enabled) throws IOException {
        calls.setOption(fileno(), SOL_SOCKET, SO_KEEPALIVE, enabled ? 1 : 0);
    }

    @Override
    public void sendBuffer(int bytes) throws IOException {
        calls.setOption(fileno(), SOL_SOCKET, SO_SNDBUF, bytes);
    }

    @Override
    public void receiveBuffer(int bytes) throws IOException {
        calls.setOption(fileno(), SOL_SOCKET, SO_RCVBUF, bytes);
    }
}
