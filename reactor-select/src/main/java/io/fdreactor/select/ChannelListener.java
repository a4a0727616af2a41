// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.select;

import io.fdreactor.core.spi.Sockets;
import io.fdreactor.core.spi.Sockets.AcceptFailed;
import io.fdreactor.core.spi.Sockets.AcceptFailed.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A socket that accepts connections. */
final class ChannelListener extends ChannelHandle<ServerSocketChannel> implements Sockets.ListenSocket {
    private final Gathering gathering;

    ChannelListener(ServerSocketChannel channel, Gathering gathering) {
        super(channel);
        this.gathering = gathering;
    }

    @Override
    public Sockets.@Nullable StreamSocket accept() throws IOException {
        SocketChannel accepted;
        try {
            accepted = channel.accept();
        } catch (IOException e) {
            throw failure(e);
        }
        return accepted == null ? null : ChannelStream.of(accepted, gathering);
    }

    /**
     * Java doesn't tell the errno: some have a class, some can be told by their text in English, and what can't be
     * told stays what it is.
     */
    static IOException failure(IOException e) {
        if (e instanceof ConnectException || e instanceof NoRouteToHostException || e instanceof ProtocolException) {
            return new AcceptFailed(Kind.CONNECTION, e);
        }
        return switch (String.valueOf(e.getMessage())) {
            case "Software caused connection abort" -> new AcceptFailed(Kind.CONNECTION, e);
            case "Too many open files" -> new AcceptFailed(Kind.PROCESS_LIMIT, e);
            case "Too many open files in system", "No buffer space available", "Cannot allocate memory" ->
                new AcceptFailed(Kind.SYSTEM_LIMIT, e);
            default -> e;
        };
    }
}
