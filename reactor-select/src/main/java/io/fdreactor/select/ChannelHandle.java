// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.select;

import io.fdreactor.core.spi.Sockets;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/** What both kinds of socket have. */
abstract class ChannelHandle<C extends SelectableChannel & NetworkChannel> implements Sockets.Handle {
    final C channel;

    ChannelHandle(C channel) {
        this.channel = channel;
    }

    @Override
    public final int fileno() {
        return -1;
    }

    @Override
    public final SelectableChannel channel() {
        return channel;
    }

    @Override
    public final SocketAddress localAddress() throws IOException {
        return known(channel.getLocalAddress(), "bound");
    }

    static SocketAddress known(@Nullable SocketAddress address, String what) throws SocketException {
        if (address == null) {
            throw new SocketException("the socket isn't " + what);
        }
        return address;
    }

    /**
     * Sends the end, or the reset. The number is free again after the Selector's next select, since the key that
     * was cancelled keeps the file open until then.
     */
    @Override
    public final void close() {
        try {
            channel.close();
        } catch (IOException e) {
            return; // It is closed all the same.
        }
    }
}
