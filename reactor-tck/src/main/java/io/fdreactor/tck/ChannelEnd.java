// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;

/** A channel of the JDK. Readiness is asked of a selector of its own. */
final class ChannelEnd extends End {
    private static final int READS = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
    private static final int WRITES = SelectionKey.OP_WRITE;

    /** How long the loopback network may take to carry on with what is on its way. */
    private static final int SETTLING_MILLIS = 20;

    private final SelectableChannel channel;

    ChannelEnd(SelectableChannel channel) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
    }

    @Override
    public int fileno() {
        return -1;
    }

    @Override
    public SelectableChannel channel() {
        return channel;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return ((ReadableByteChannel) channel).read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return ((WritableByteChannel) channel).write(source);
    }

    @Override
    public void shutdownOutput() throws IOException {
        ((SocketChannel) channel).shutdownOutput();
    }

    @Override
    public void abort() throws IOException {
        ((SocketChannel) channel).setOption(StandardSocketOptions.SO_LINGER, 0);
        close();
    }

    @Override
    public void awaitReadable() throws IOException {
        select(READS, 0);
    }

    @Override
    public void awaitWritable() throws IOException {
        select(WRITES, 0);
    }

    @Override
    public boolean isWritable() throws IOException {
        return select(WRITES, SETTLING_MILLIS);
    }

    private boolean select(int operations, int timeoutMillis) throws IOException {
        try (Selector selector = Selector.open()) {
            channel.register(selector, operations & channel.validOps());
            return selector.select(timeoutMillis) > 0;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
