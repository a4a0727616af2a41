// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.select;

import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets;
import io.fdreactor.net.ListenOptions;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Java's socket channels. An IPv6 socket of Java's serves IPv4 as well if it is bound to {@code ::}, so the kind
 * is taken from the address.
 */
final class ChannelSockets implements Sockets {
    private final Gathering gathering = new Gathering();

    /**
     * Has everything loaded that is needed once no descriptor is left. On Java 17 the first channel to be closed needs a
     * class whose initialiser opens two descriptors; failing, it fails for the rest of the process.
     *
     * @throws IOException if there is no descriptor left now
     */
    static ChannelSockets open() throws IOException {
        SocketChannel.open().close();
        ChannelListener.failure(new IOException("Too many open files"));
        return new ChannelSockets();
    }

    @Override
    public IoBuffer allocate(int capacityBytes) {
        return new ChannelBuffer(capacityBytes);
    }

    @Override
    public StreamSocket openStream(InetAddress remote) throws IOException {
        return ChannelStream.of(open(remote, SocketChannel::open), gathering);
    }

    @Override
    public ListenSocket openListener(InetSocketAddress address, ListenOptions options) throws IOException {
        ServerSocketChannel channel = open(address.getAddress(), ServerSocketChannel::open);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, options.reuseAddress());
            if (options.reusePort()) {
                sharePort(channel);
            }
            if (options.tcp().receiveBufferBytes() > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, options.tcp().receiveBufferBytes());
            }
            channel.bind(address, options.backlog());
            return new ChannelListener(channel, gathering);
        } catch (Throwable thrown) {
            channel.close();
            throw thrown;
        }
    }

    @Override
    public StreamSocket adopt(StreamSocket accepted) {
        return ((ChannelStream) accepted).movedTo(gathering);
    }

    private static void sharePort(ServerSocketChannel channel) throws IOException {
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
        } catch (UnsupportedOperationException e) {
            throw new SocketException("this system can't share a port (SO_REUSEPORT): listen without reusePort");
        }
    }

    /** {@link SocketChannel#open(ProtocolFamily)} or its kin. */
    private interface Opener<C> {
        C open(ProtocolFamily family) throws IOException;
    }

    private static <C> C open(InetAddress address, Opener<C> opener) throws IOException {
        ProtocolFamily family =
                address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        try {
            return opener.open(family);
        } catch (UnsupportedOperationException e) {
            throw new SocketException("there is no IPv6 here for [" + address.getHostAddress()
                    + "]: use an IPv4 address, or drop -Djava.net.preferIPv4Stack if that is set");
        }
    }
}
