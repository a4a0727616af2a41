// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.select;

import io.fdreactor.core.spi.ChannelFile;
import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/** A TCP connection, or what is to become one. */
final class ChannelStream extends ChannelHandle<SocketChannel> implements Sockets.StreamSocket {
    private final Gathering gathering;

    private ChannelStream(SocketChannel channel, Gathering gathering) {
        super(channel);
        this.gathering = gathering;
    }

    /** Takes the channel over, which is closed if it can't be used. */
    static ChannelStream of(SocketChannel channel, Gathering gathering) throws IOException {
        try {
            channel.configureBlocking(false);
        } catch (Throwable thrown) {
            channel.close();
            throw thrown;
        }
        return new ChannelStream(channel, gathering);
    }

    /** The same connection for another reactor, which owns it from now on. */
    ChannelStream movedTo(Gathering others) {
        return new ChannelStream(channel, others);
    }

    @Override
    public boolean connect(InetSocketAddress remote) throws IOException {
        return channel.connect(remote);
    }

    @Override
    public boolean finishConnect() throws IOException {
        return channel.finishConnect();
    }

    @Override
    public void bind(InetSocketAddress local) throws IOException {
        channel.bind(local);
    }

    @Override
    public int read(IoBuffer target, int offset, int length) throws IOException {
        return channel.read(((ChannelBuffer) target).range(offset, length));
    }

    @Override
    public int write(IoBuffer source, int offset, int length) throws IOException {
        return channel.write(((ChannelBuffer) source).range(offset, length));
    }

    @Override
    public long write(IoBuffer[] sources, int count) throws IOException {
        try {
            return channel.write(gathering.views(sources, count), 0, count);
        } finally {
            gathering.clear(count);
        }
    }

    @Override
    public int writeFrom(Sockets.OpenFile file, long position, int count, IoBuffer spare) throws IOException {
        // What is opened for this is a channel, for nothing here says otherwise.
        return (int) ((ChannelFile) file).transferTo(position, count, channel);
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void resetOnClose() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            return; // It is closed, and reset or not.
        }
    }

    @Override
    public SocketAddress remoteAddress() throws IOException {
        return known(channel.getRemoteAddress(), "connected");
    }

    @Override
    public boolean noDelay() throws IOException {
        return channel.getOption(StandardSocketOptions.TCP_NODELAY);
    }

    @Override
    public void noDelay(boolean enabled) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, enabled);
    }

    @Override
    public boolean keepAlive() throws IOException {
        return channel.getOption(StandardSocketOptions.SO_KEEPALIVE);
    }

    @Override
    public void keepAlive(boolean enabled) throws IOException {
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, enabled);
    }

    @Override
    public void sendBuffer(int bytes) throws IOException {
        channel.setOption(StandardSocketOptions.SO_SNDBUF, bytes);
    }

    @Override
    public void receiveBuffer(int bytes) throws IOException {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, bytes);
    }
}
