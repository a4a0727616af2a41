// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it.mutants;

import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets.OpenFile;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;

/** Does what another one does; a mutant does one thing otherwise. */
class ForwardingStream implements StreamSocket {
    protected final StreamSocket good;

    ForwardingStream(StreamSocket good) {
        this.good = good;
    }

    @Override
    public boolean connect(InetSocketAddress remote) throws IOException {
        return good.connect(remote);
    }

    @Override
    public boolean finishConnect() throws IOException {
        return good.finishConnect();
    }

    @Override
    public void bind(InetSocketAddress local) throws IOException {
        good.bind(local);
    }

    @Override
    public int read(IoBuffer target, int offset, int length) throws IOException {
        return good.read(target, offset, length);
    }

    @Override
    public int write(IoBuffer source, int offset, int length) throws IOException {
        return good.write(source, offset, length);
    }

    @Override
    public long write(IoBuffer[] sources, int count) throws IOException {
        return good.write(sources, count);
    }

    @Override
    public int writeFrom(OpenFile file, long position, int count, IoBuffer spare) throws IOException {
        return good.writeFrom(file, position, count, spare);
    }

    @Override
    public void shutdownOutput() throws IOException {
        good.shutdownOutput();
    }

    @Override
    public void resetOnClose() {
        good.resetOnClose();
    }

    @Override
    public SocketAddress remoteAddress() throws IOException {
        return good.remoteAddress();
    }

    @Override
    public boolean noDelay() throws IOException {
        return good.noDelay();
    }

    @Override
    public void noDelay(boolean enabled) throws IOException {
        good.noDelay(enabled);
    }

    @Override
    public boolean keepAlive() throws IOException {
        return good.keepAlive();
    }

    @Override
    public void keepAlive(boolean enabled) throws IOException {
        good.keepAlive(enabled);
    }

    @Override
    public void sendBuffer(int bytes) throws IOException {
        good.sendBuffer(bytes);
    }

    @Override
    public void receiveBuffer(int bytes) throws IOException {
        good.receiveBuffer(bytes);
    }

    @Override
    public int fileno() {
        return good.fileno();
    }

    @Override
    public SelectableChannel channel() {
        return good.channel();
    }

    @Override
    public SocketAddress localAddress() throws IOException {
        return good.localAddress();
    }

    @Override
    public void close() {
        good.close();
    }
}
