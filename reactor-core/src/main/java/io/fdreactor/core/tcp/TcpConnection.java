// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.ConnectionAborted;
import io.fdreactor.ConnectionDone;
import io.fdreactor.ConnectionLost;
import io.fdreactor.HalfCloseableDescriptor;
import io.fdreactor.ReactorException;
import io.fdreactor.ReadDescriptor;
import io.fdreactor.WriteDescriptor;
import io.fdreactor.core.loop.Callbacks;
import io.fdreactor.core.loop.Loop;
import io.fdreactor.core.loop.OwnDescriptor;
import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import io.fdreactor.net.HalfCloseableProtocol;
import io.fdreactor.net.Producer;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.TcpTransport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/**
 * A connection: one read a turn, into the reactor's buffer; writes gathered and sent when the callback that made
 * them has returned, and what the kernel doesn't take then, when there is room.
 *
 * <p>It is watched for reading unless paused, closing, or at the input's end; for writing only while the kernel is
 * full. {@link #connectionLost} is the one way out: it frees everything and tells the protocol, once.
 */
final class TcpConnection extends OwnDescriptor
        implements ReadDescriptor, WriteDescriptor, HalfCloseableDescriptor, TcpTransport, Callbacks.Flushable {
    /** A push producer is paused above this. */
    private static final long HIGH_WATER_BYTES = 64 * 1024;

    /** How many system calls a flush may make before others have their turn. */
    private static final int MAX_WRITES = 16;

    private final TcpReactor tcp;
    private final Loop loop;
    private final StreamSocket socket;
    private final SocketAddress peer;
    private final Protocol protocol;
    private final @Nullable TcpConnector connector;
    private final WriteQueue output;

    private SocketAddress host;
    private boolean hostKnown;
    private @Nullable Producer producer;
    private boolean streaming;
    private boolean producerPaused;

    private boolean flushScheduled;
    private boolean watchedForWriting;
    private boolean paused;
    private boolean inputEnded;
    private boolean outputEnding;
    private boolean outputEnded;
    private boolean closing;
    /** Whether it is closing and waits for no producer: on the peer's account, or because it was aborted. */
    private boolean closesWhenSent;

    private boolean lost;

    /**
     * @param host this side's address, as far as it is known
     * @param connector who made the connection, or null if it was accepted
     */
    TcpConnection(
            TcpReactor tcp,
            StreamSocket socket,
            SocketAddress peer,
            SocketAddress host,
            Protocol protocol,
            @Nullable TcpConnector connector) {
        this.tcp = tcp;
        this.loop = tcp.loop();
        this.socket = socket;
        this.peer = peer;
        this.host = host;
        this.hostKnown = connector != null;
        this.protocol = protocol;
        this.connector = connector;
        this.output = tcp.newWriteQueue();
    }

    /** Begins to read, and tells the protocol. */
    void start() {
        try {
            loop.descriptors().addReader(this);
        } catch (ReactorException e) {
            // The protocol has heard nothing of this connection, and needn't.
            lost = true;
            socket.close();
            loop.callbacks().report(e, "addReader", this);
            if (connector != null) {
                connector.connectionLost(e);
            }
            return;
        }
        tcp.opened(this);
        call(() -> protocol.makeConnection(this), "makeConnection");
    }

    /** Calls the protocol or a producer. What it throws ends the connection, as it does out of {@link #doRead}. */
    private void call(Runnable callback, String doing) {
        try {
            callback.run();
        } catch (Throwable thrown) {
            loop.callbacks().failed(thrown, doing, this);
            loop.descriptors().loseLater(this, thrown);
        }
    }

    @Override
    public void doRead() throws IOException {
        IoBuffer buffer = tcp.readBuffer();
        ByteBuffer bytes = buffer.bytes().clear();
        int read;
        try {
            read = socket.read(buffer, 0, bytes.capacity());
        } catch (IOException e) {
            throw new ConnectionLost(e);
        }
        if (read < 0) {
            throw ConnectionDone.INSTANCE;
        }
        if (read > 0) {
            protocol.dataReceived(bytes.limit(read).order(ByteOrder.BIG_ENDIAN));
        }
    }

    /**
     * The peer's end. A protocol that can do with one half goes on with that. With any other the connection ends, but
     * not before what it has written is sent: a peer that ends its half may well be waiting for an answer.
     */
    @Override
    public void readConnectionLost(Throwable reason) {
        inputEnded = true;
        if (!outputEnded && protocol instanceof HalfCloseableProtocol halfCloseable) {
            halfCloseable.readConnectionLost();
        } else if (outputEnded || output.isEmpty()) {
            loop.descriptors().lose(this, reason);
        } else {
            closing = true;
            closesWhenSent = true;
        }
    }

    @Override
    public void writeConnectionLost(Throwable reason) {
        outputEnded = true;
        if (protocol instanceof HalfCloseableProtocol halfCloseable) {
            call(halfCloseable::writeConnectionLost, "writeConnectionLost");
        }
        if (inputEnded) {
            loop.descriptors().loseLater(this, reason);
        }
    }

    @Override
    public void write(ByteBuffer data) {
        loop.checkThread();
        if (!takesOutput()) {
            data.position(data.limit());
            return;
        }
        if (data.hasRemaining()) {
            output.append(data);
            scheduleFlush();
        }
    }

    /** Once an end was asked for, nothing more is sent but what a producer brings that is waited for. */
    private boolean takesOutput() {
        boolean ending = closing || outputEnding;
        return !lost && !outputEnded && !closesWhenSent && (!ending || producer != null);
    }

    @Override
    public long bufferedBytes() {
        return output.bytes();
    }

    private void scheduleFlush() {
        if (!flushScheduled) {
            flushScheduled = true;
            loop.callbacks().flushLater(this);
        }
    }

    @Override
    public void flush() {
        flushScheduled = false;
        if (lost) {
            return;
        }
        if (watchedForWriting) {
            pauseProducerIfFull();
            return;
        }
        try {
            send();
        } catch (IOException e) {
            loop.descriptors().loseLater(this, e);
        } catch (RuntimeException e) {
            loop.callbacks().report(e, "flush", this);
            loop.descriptors().loseLater(this, e);
        }
    }

    @Override
    public void doWrite() throws IOException {
        send();
    }

    private void send() throws IOException {
        for (int writes = 0; !output.isEmpty(); writes++) {
            if (writes == MAX_WRITES || !kernelTakesAll()) {
                waitForRoom();
                return;
            }
        }
        if (watchedForWriting) {
            watchedForWriting = false;
            loop.descriptors().removeWriter(this);
        }
        allSent();
    }

    private boolean kernelTakesAll() throws ConnectionLost {
        try {
            return output.writeTo(socket);
        } catch (IOException e) {
            throw new ConnectionLost(e);
        }
    }

    private void waitForRoom() throws ConnectionLost {
        if (!watchedForWriting) {
            try {
                loop.descriptors().addWriter(this);
            } catch (ReactorException e) {
                throw new ConnectionLost(e);
            }
            watchedForWriting = true;
        }
        pauseProducerIfFull();
    }

    private void pauseProducerIfFull() {
        Producer feeding = producer;
        if (feeding != null && streaming && !producerPaused && output.bytes() > HIGH_WATER_BYTES) {
            producerPaused = true;
            call(feeding::pauseProducing, "pauseProducing");
        }
    }

    private void allSent() throws IOException {
        Producer feeding = producer;
        if (feeding != null && !closesWhenSent) {
            if (!streaming || producerPaused) {
                producerPaused = false;
                call(feeding::resumeProducing, "resumeProducing");
            }
        } else if (closing) {
            loop.descriptors().loseLater(this, ConnectionDone.INSTANCE);
        } else if (outputEnding && !outputEnded) {
            try {
                socket.shutdownOutput();
            } catch (IOException e) {
                throw new ConnectionLost(e);
            }
            writeConnectionLost(ConnectionDone.INSTANCE);
        }
    }

    @Override
    public void loseConnection() {
        loop.checkThread();
        if (!lost && !closing) {
            closing = true;
            loop.descriptors().removeReader(this);
            if (feedsItself()) {
                producer = null;
            }
            scheduleFlush();
        }
    }

    /** Then there is nothing to wait for: it reads no more. */
    private boolean feedsItself() {
        Object feeding = producer;
        return feeding == this;
    }

    @Override
    public void loseWriteConnection() {
        loop.checkThread();
        if (!lost && !closing && !outputEnding) {
            outputEnding = true;
            scheduleFlush();
        }
    }

    @Override
    public void abortConnection() {
        loop.checkThread();
        if (!lost) {
            closing = true;
            closesWhenSent = true;
            output.clear();
            socket.resetOnClose();
            loop.descriptors().loseLater(this, ConnectionAborted.INSTANCE);
        }
    }

    @Override
    public void pauseProducing() {
        loop.checkThread();
        if (!lost && !paused) {
            paused = true;
            loop.descriptors().removeReader(this);
        }
    }

    @Override
    public void resumeProducing() {
        loop.checkThread();
        if (!lost && paused) {
            paused = false;
            if (!closing && !inputEnded) {
                try {
                    loop.descriptors().addReader(this);
                } catch (ReactorException e) {
                    loop.descriptors().loseLater(this, new ConnectionLost(e));
                }
            }
        }
    }

    @Override
    public void registerProducer(Producer feeding, boolean push) {
        loop.checkThread();
        if (producer != null) {
            throw new IllegalStateException("[" + producer + "] feeds this transport already; unregister it before ["
                    + feeding + "] is registered");
        }
        if (lost) {
            feeding.stopProducing();
            return;
        }
        producer = feeding;
        streaming = push;
        producerPaused = false;
        if (!push) {
            feeding.resumeProducing();
        }
    }

    @Override
    public void unregisterProducer() {
        loop.checkThread();
        producer = null;
        if (!lost && (closing || outputEnding)) {
            scheduleFlush();
        }
    }

    @Override
    public void connectionLost(Throwable reason) {
        if (lost) {
            return;
        }
        lost = true;
        loop.descriptors().forget(this);
        tcp.closed(this);
        output.clear();
        socket.close();
        Producer feeding = producer;
        producer = null;
        if (feeding != null) {
            loop.callbacks().guard(feeding::stopProducing, "stopProducing", this);
        }
        loop.callbacks().guard(() -> protocol.connectionLost(reason), "connectionLost", this);
        if (connector != null) {
            connector.connectionLost(reason);
        }
    }

    @Override
    public SocketAddress getPeer() {
        return peer;
    }

    @Override
    public SocketAddress getHost() {
        if (!hostKnown && !lost) {
            try {
                host = socket.localAddress();
                hostKnown = true;
            } catch (IOException e) {
                // Then the port's address has to do.
                hostKnown = true;
            }
        }
        return host;
    }

    @Override
    public boolean getTcpNoDelay() throws IOException {
        loop.checkThread();
        return socket.noDelay();
    }

    @Override
    public void setTcpNoDelay(boolean enabled) throws IOException {
        loop.checkThread();
        socket.noDelay(enabled);
    }

    @Override
    public boolean getTcpKeepAlive() throws IOException {
        loop.checkThread();
        return socket.keepAlive();
    }

    @Override
    public void setTcpKeepAlive(boolean enabled) throws IOException {
        loop.checkThread();
        socket.keepAlive(enabled);
    }

    @Override
    public int fileno() {
        return socket.fileno();
    }

    @Override
    public @Nullable SelectableChannel channel() {
        return socket.channel();
    }

    @Override
    public String logPrefix() {
        return protocol.getClass().getSimpleName();
    }

    @Override
    public String toString() {
        return "TCP connection " + Failures.text(host) + " - " + Failures.text(peer);
    }
}
