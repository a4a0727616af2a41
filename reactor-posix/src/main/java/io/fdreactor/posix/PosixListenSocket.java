// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static io.fdreactor.posix.libc.Errno.EAGAIN;
import static io.fdreactor.posix.libc.Errno.ECONNABORTED;
import static io.fdreactor.posix.libc.Errno.ECONNRESET;
import static io.fdreactor.posix.libc.Errno.EHOSTDOWN;
import static io.fdreactor.posix.libc.Errno.EHOSTUNREACH;
import static io.fdreactor.posix.libc.Errno.EINTR;
import static io.fdreactor.posix.libc.Errno.EMFILE;
import static io.fdreactor.posix.libc.Errno.ENETDOWN;
import static io.fdreactor.posix.libc.Errno.ENETUNREACH;
import static io.fdreactor.posix.libc.Errno.ENFILE;
import static io.fdreactor.posix.libc.Errno.ENOBUFS;
import static io.fdreactor.posix.libc.Errno.ENOMEM;
import static io.fdreactor.posix.libc.Errno.ENONET;
import static io.fdreactor.posix.libc.Errno.ENOPROTOOPT;
import static io.fdreactor.posix.libc.Errno.EOPNOTSUPP;
import static io.fdreactor.posix.libc.Errno.EPERM;
import static io.fdreactor.posix.libc.Errno.EPROTO;
import static io.fdreactor.posix.libc.Errno.ETIMEDOUT;
import static io.fdreactor.posix.libc.Linux.SOCK_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.SOCK_NONBLOCK;

import io.fdreactor.core.spi.Sockets;
import io.fdreactor.posix.libc.SystemCallFailed;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A socket that accepts connections. */
final class PosixListenSocket extends PosixSocket implements Sockets.ListenSocket {
    PosixListenSocket(SocketCalls calls, int fd) {
        super(calls, fd);
    }

    @Override
    boolean isAddressFixed() {
        return true;
    }

    @Override
    public Sockets.@Nullable StreamSocket accept() throws IOException {
        SockAddr peer = calls.sockAddr;
        int accepted;
        do {
            accepted = calls.libc.accept4(
                    fileno(), peer.clear().address(), peer.lengthAddress(), SOCK_NONBLOCK | SOCK_CLOEXEC);
        } while (accepted == -EINTR);
        if (accepted == -EAGAIN) {
            return null;
        }
        if (accepted < 0) {
            throw failure(-accepted);
        }
        try {
            // Now, since a peer that has gone away by the time somebody asks has no address any more.
            return PosixStreamSocket.accepted(calls, accepted, peer.get());
        } catch (Throwable thrown) {
            calls.libc.close(accepted);
            throw thrown;
        }
    }

    static IOException failure(int errno) {
        SystemCallFailed cause = new SystemCallFailed("accept4", errno);
        return switch (errno) {
            case EMFILE -> new Sockets.AcceptFailed(Sockets.AcceptFailed.Kind.PROCESS_LIMIT, cause);
            case ENFILE, ENOBUFS, ENOMEM -> new Sockets.AcceptFailed(Sockets.AcceptFailed.Kind.SYSTEM_LIMIT, cause);
            // EPERM is a firewall's; those after it had happened to the connection before it was accepted.
            case ECONNABORTED,
                    EPERM,
                    EPROTO,
                    ECONNRESET,
                    ETIMEDOUT,
                    ENETDOWN,
                    ENETUNREACH,
                    ENONET,
                    ENOPROTOOPT,
                    EOPNOTSUPP,
                    EHOSTDOWN,
                    EHOSTUNREACH -> new Sockets.AcceptFailed(Sockets.AcceptFailed.Kind.CONNECTION, cause);
            default -> cause;
        };
    }
}
