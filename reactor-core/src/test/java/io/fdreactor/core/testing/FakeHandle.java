// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.testing;

import io.fdreactor.core.spi.Sockets.Handle;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/** What fake sockets have in common: a number until they are closed, which may not be watched any more then. */
abstract class FakeHandle implements Handle {
    final FakeSockets sockets;
    private final int fd;
    private boolean closed;

    FakeHandle(FakeSockets sockets, int fd) {
        this.sockets = sockets;
        this.fd = fd;
    }

    /** The number it has or had. */
    public int fd() {
        return fd;
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public int fileno() {
        return closed ? -1 : fd;
    }

    @Override
    public @Nullable SelectableChannel channel() {
        return null;
    }

    @Override
    public void close() {
        if (!closed) {
            if (sockets.poller().interest(fd) != 0) {
                throw new AssertionError("the core closes " + fd + " while it is registered");
            }
            closed = true;
            sockets.giveDescriptorBack();
            sockets.poller().ready(fd, 0);
        }
    }

    void requireOpen() {
        if (closed) {
            throw new AssertionError("the core uses " + fd + " after closing it");
        }
    }
}
