// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static io.fdreactor.posix.libc.Errno.EMFILE;
import static io.fdreactor.posix.libc.Linux.AF_INET6;
import static io.fdreactor.posix.libc.Linux.IPPROTO_IPV6;
import static io.fdreactor.posix.libc.Linux.IPV6_V6ONLY;
import static io.fdreactor.posix.libc.Linux.SOL_SOCKET;
import static io.fdreactor.posix.libc.Linux.SO_RCVBUF;
import static io.fdreactor.posix.libc.Linux.SO_REUSEADDR;
import static io.fdreactor.posix.libc.Linux.SO_REUSEPORT;

import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.posix.libc.Libc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/** TCP sockets that are numbers, over IPv4 and IPv6: tcp(7), ip(7), ipv6(7). */
public final class PosixSockets implements Sockets {
    private final SocketCalls calls;

    /** For one reactor. */
    public PosixSockets(Libc libc) {
        this.calls = new SocketCalls(libc);
        // Loads what it takes to say so, which can't be loaded any more once no descriptor is left.
        PosixListenSocket.failure(EMFILE);
    }

    @Override
    public IoBuffer allocate(int capacityBytes) {
        return new PosixBuffer(capacityBytes);
    }

    @Override
    public StreamSocket openStream(InetAddress remote) throws IOException {
        int family = SockAddr.familyOf(remote);
        PosixStreamSocket socket = new PosixStreamSocket(calls, -1, family);
        socket.open(family);
        return socket;
    }

    @Override
    public ListenSocket openListener(InetSocketAddress address, ListenOptions options) throws IOException {
        int family = SockAddr.familyOf(address.getAddress());
        PosixListenSocket socket = new PosixListenSocket(calls, -1);
        try {
            socket.open(family);
            int fd = socket.fileno();
            if (family == AF_INET6) {
                // So that "::" takes IPv4 as well, whatever the system's default is (net.ipv6.bindv6only).
                calls.setOption(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0);
            }
            if (options.reuseAddress()) {
                calls.setOption(fd, SOL_SOCKET, SO_REUSEADDR, 1);
            }
            if (options.reusePort()) {
                calls.setOption(fd, SOL_SOCKET, SO_REUSEPORT, 1);
            }
            if (options.tcp().receiveBufferBytes() > 0) {
                calls.setOption(fd, SOL_SOCKET, SO_RCVBUF, options.tcp().receiveBufferBytes());
            }
            calls.bind(fd, family, address);
            calls.listen(fd, options.backlog());
            return socket;
        } catch (Throwable thrown) {
            socket.close();
            throw thrown;
        }
    }

    @Override
    public StreamSocket adopt(StreamSocket accepted) {
        return ((PosixStreamSocket) accepted).movedTo(calls);
    }

    /** As a number, unless it is inside an archive or the like. */
    @Override
    public OpenFile openFile(Path file) throws IOException {
        return file.getFileSystem() == FileSystems.getDefault()
                ? PosixFile.open(calls.libc, file)
                : Sockets.super.openFile(file);
    }
}
