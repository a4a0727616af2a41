// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fdreactor.net.HalfCloseableProtocol;
import io.fdreactor.net.Producer;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.Transport;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A connection in memory that is as strict as a real one: nothing is delivered that a paused or closing one wouldn't. */
final class MemoryTransport implements Transport {
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(1 << 16);
    private final StringBuilder sent = new StringBuilder();
    private final SocketAddress peer;
    private @Nullable Protocol protocol;
    private boolean paused;
    private boolean closing;
    private boolean aborted;
    private boolean ended;
    private boolean lost;

    @Nullable
    Producer producer;

    boolean streaming;

    MemoryTransport() {
        this("192.0.2.7", 4000);
    }

    MemoryTransport(String host, int port) {
        this(new InetSocketAddress(host, port));
    }

    MemoryTransport(SocketAddress peer) {
        this.peer = peer;
    }

    /** Connected to this protocol. */
    static MemoryTransport of(Protocol protocol) {
        MemoryTransport transport = new MemoryTransport();
        transport.connect(protocol);
        return transport;
    }

    void connect(Protocol connected) {
        protocol = connected;
        connected.makeConnection(this);
    }

    /** The peer has sent this much, which one read takes. Answers whether it was delivered. */
    boolean receive(byte[] data, int from, int to) {
        if (paused || closing || ended || lost) {
            return false;
        }
        readBuffer.clear().put(data, from, to - from).flip();
        protocol.dataReceived(readBuffer);
        return true;
    }

    boolean receive(String data) {
        return receive(data.getBytes(ISO_8859_1), 0, data.length());
    }

    /** The peer has ended its half. */
    void receiveEnd() {
        ended = true;
        if (protocol instanceof HalfCloseableProtocol half) {
            half.readConnectionLost();
        } else {
            closing = true;
        }
    }

    /** What ends in a later turn ends. */
    void lose(Throwable reason) {
        lost = true;
        Producer feeding = producer;
        producer = null;
        if (feeding != null) {
            feeding.stopProducing();
        }
        protocol.connectionLost(reason);
    }

    String takeSent() {
        String text = sent.toString();
        sent.setLength(0);
        return text;
    }

    boolean isPaused() {
        return paused;
    }

    boolean isAborted() {
        return aborted;
    }

    /** Whether it would close by now: a producer is waited for. */
    boolean isClosed() {
        return aborted || closing && producer == null;
    }

    @Override
    public void write(ByteBuffer data) {
        if (closing && producer == null || lost) {
            data.position(data.limit());
        } else {
            sent.append(ISO_8859_1.decode(data));
        }
    }

    @Override
    public long bufferedBytes() {
        return sent.length();
    }

    @Override
    public void loseConnection() {
        closing = true;
    }

    @Override
    public void abortConnection() {
        closing = true;
        aborted = true;
    }

    @Override
    public boolean isDisconnecting() {
        return closing || lost;
    }

    @Override
    public SocketAddress getPeer() {
        return peer;
    }

    @Override
    public SocketAddress getHost() {
        return new InetSocketAddress("192.0.2.1", 80);
    }

    @Override
    public void registerProducer(Producer feeding, boolean push) {
        if (producer != null) {
            throw new IllegalStateException("[" + producer + "] feeds this transport already");
        }
        producer = feeding;
        streaming = push;
        if (!push) {
            feeding.resumeProducing();
        }
    }

    @Override
    public void unregisterProducer() {
        producer = null;
    }

    @Override
    public void pauseProducing() {
        paused = true;
    }

    @Override
    public void resumeProducing() {
        paused = false;
    }
}
