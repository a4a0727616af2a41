// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Channels of the JDK: TCP connections over the loopback network, and pipes. */
public final class ChannelFixtures extends TckFixtures {
    /** Small, so that little data fills a connection. */
    private static final int SOCKET_BUFFER = 8 * 1024;

    /** Fixtures that have made nothing yet. */
    public ChannelFixtures() {}

    @Override
    public EndPair connectedPair() throws IOException {
        try (ServerSocketChannel server = serverSocket()) {
            SocketChannel one = SocketChannel.open(server.getLocalAddress());
            return new EndPair(socket(one), socket(server.accept()));
        }
    }

    @Override
    public EndPair pipe() throws IOException {
        Pipe pipe = Pipe.open();
        return new EndPair(made(new ChannelEnd(pipe.source())), made(new ChannelEnd(pipe.sink())));
    }

    @Override
    public Listener listener() throws IOException {
        ServerSocketChannel server = serverSocket();
        End end = made(new ChannelEnd(server));
        return new Listener() {
            @Override
            public End end() {
                return end;
            }

            @Override
            public End connect() throws IOException {
                SocketChannel client = SocketChannel.open();
                client.configureBlocking(false);
                client.connect(server.getLocalAddress());
                return made(new ChannelEnd(client));
            }

            @Override
            public End accept() throws IOException {
                return made(new ChannelEnd(server.accept()));
            }
        };
    }

    @Override
    public EndPair connectedPairAt(int number) throws IOException {
        return connectedPair();
    }

    @Override
    public End alwaysReadyFile() {
        throw new UnsupportedOperationException("a channel that can be selected is never a file; override this");
    }

    private static ServerSocketChannel serverSocket() throws IOException {
        return ServerSocketChannel.open()
                .setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private End socket(SocketChannel channel) throws IOException {
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_BUFFER);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return made(new ChannelEnd(channel));
    }
}
