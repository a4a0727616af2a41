// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.net.Deadlines;
import io.fdreactor.net.Producer;
import io.fdreactor.net.TcpTransport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/**
 * The TCP transport of a wrapped protocol: the wrapper, and the connection itself for the methods that only TCP has.
 */
record WrappedTcpTransport(ProtocolWrapper wrapper, TcpTransport tcp) implements TcpTransport {
    @Override
    public void write(ByteBuffer data) {
        wrapper.write(data);
    }

    @Override
    public long bufferedBytes() {
        return wrapper.bufferedBytes();
    }

    @Override
    public void loseConnection() {
        wrapper.loseConnection();
    }

    @Override
    public void abortConnection() {
        wrapper.abortConnection();
    }

    @Override
    public boolean isDisconnecting() {
        return wrapper.isDisconnecting();
    }

    @Override
    public SocketAddress getPeer() {
        return wrapper.getPeer();
    }

    @Override
    public SocketAddress getHost() {
        return wrapper.getHost();
    }

    @Override
    public void registerProducer(Producer producer, boolean streaming) {
        wrapper.registerProducer(producer, streaming);
    }

    @Override
    public void unregisterProducer() {
        wrapper.unregisterProducer();
    }

    @Override
    public void pauseProducing() {
        wrapper.pauseProducing();
    }

    @Override
    public void resumeProducing() {
        wrapper.resumeProducing();
    }

    @Override
    public void loseWriteConnection() {
        tcp.loseWriteConnection();
    }

    @Override
    public CompletionStage<Void> sendFile(Path file, long position, long count) throws IOException {
        return wrapper.sendFile(tcp, file, position, count);
    }

    @Override
    public boolean getTcpNoDelay() throws IOException {
        return tcp.getTcpNoDelay();
    }

    @Override
    public void setTcpNoDelay(boolean enabled) throws IOException {
        tcp.setTcpNoDelay(enabled);
    }

    @Override
    public boolean getTcpKeepAlive() throws IOException {
        return tcp.getTcpKeepAlive();
    }

    @Override
    public void setTcpKeepAlive(boolean enabled) throws IOException {
        tcp.setTcpKeepAlive(enabled);
    }

    @Override
    public Deadlines getDeadlines() {
        return tcp.getDeadlines();
    }

    @Override
    public void setDeadlines(Deadlines deadlines) {
        tcp.setDeadlines(deadlines);
    }
}
