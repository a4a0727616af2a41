// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import io.fdreactor.core.spi.Sockets;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/** A number that is a socket, until it is closed; then -1, which no call mistakes for another's. */
abstract class PosixSocket implements Sockets.Handle {
    final SocketCalls calls;
    private int fd;
    private @Nullable SocketAddress localAddress;

    PosixSocket(SocketCalls calls, int fd) {
        this.calls = calls;
        this.fd = fd;
    }

    /**
     * Opens the number that this is made for. It is stored at once, so that nothing that fails for want of memory or
     * stack can come between.
     */
    final void open(int family) throws IOException {
        fd = calls.open(family);
    }

    /** Takes over a number that is open. */
    final void take(int opened) {
        fd = opened;
    }

    @Override
    public final int fileno() {
        return fd;
    }

    @Override
    public final @Nullable SelectableChannel channel() {
        return null;
    }

    /** Whether the local address can't change any more. */
    abstract boolean isAddressFixed();

    @Override
    public final SocketAddress localAddress() throws IOException {
        SocketAddress address = localAddress;
        if (address == null) {
            address = calls.localAddress(fd);
            if (isAddressFixed()) {
                localAddress = address;
            }
        }
        return address;
    }

    /** Gives the number away: from now on this is as good as closed. */
    final int release() {
        int released = fd;
        fd = -1;
        return released;
    }

    @Override
    public final void close() {
        if (fd >= 0) {
            calls.libc.close(fd);
            fd = -1;
        }
    }
}
