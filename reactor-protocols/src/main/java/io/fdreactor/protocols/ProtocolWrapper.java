// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.net.HalfCloseableProtocol;
import io.fdreactor.net.Producer;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.TcpTransport;
import io.fdreactor.net.Transport;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A layer between a transport and a protocol: a protocol for the transport, a transport for the protocol. It passes all
 * calls on; extend it and override what should differ. Twisted: {@code ProtocolWrapper}.
 *
 * <p>The wrapped protocol gets a {@link TcpTransport} if the transport is one. A wrapped protocol that isn't
 * half-closeable ends when its peer's input does, as it would without a wrapper.
 */
public class ProtocolWrapper extends Protocol implements Transport, HalfCloseableProtocol {
    private @Nullable Protocol wrapped;
    private @Nullable Transport shown;
    private @Nullable Producer producer;

    /** Whether the producer was taken from the transport, so that it isn't waited for, and this wrapper stops it. */
    private boolean producerDetached;

    /**
     * Creates a wrapper.
     *
     * @param wrapped the protocol to wrap
     */
    public ProtocolWrapper(Protocol wrapped) {
        this.wrapped = wrapped;
    }

    /** Creates a wrapper without a protocol; {@link #connect} sets it. Input is dropped until then. */
    ProtocolWrapper() {}

    /** Connects this protocol, which becomes the wrapped one. */
    final void connect(Protocol protocol) {
        wrapped = protocol;
        Transport below = transport();
        Transport above = below instanceof TcpTransport tcp ? new WrappedTcpTransport(this, tcp) : this;
        shown = above;
        protocol.makeConnection(above);
    }

    @Override
    public void connectionMade() {
        if (wrapped != null) {
            connect(wrapped);
        }
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        if (wrapped != null) {
            wrapped.dataReceived(data);
        }
    }

    @Override
    public void connectionLost(Throwable reason) {
        Producer feeding = producer;
        producer = null;
        try {
            if (feeding != null && producerDetached) {
                feeding.stopProducing();
            }
        } finally {
            if (wrapped != null) {
                wrapped.connectionLost(reason);
            }
        }
    }

    @Override
    public void readConnectionLost() {
        if (wrapped instanceof HalfCloseableProtocol half) {
            if (producer != null && feedsItself(producer)) {
                detachProducer(); // It reads no more, so there is nothing to wait for.
            }
            half.readConnectionLost();
        } else {
            detachProducer();
            transport().loseConnection();
        }
    }

    @Override
    public void writeConnectionLost() {
        if (wrapped instanceof HalfCloseableProtocol half) {
            half.writeConnectionLost();
        }
    }

    @Override
    public void write(ByteBuffer data) {
        transport().write(data);
    }

    /** The wrapped protocol sends a part of a file over a transport that has that. */
    CompletionStage<Void> sendFile(TcpTransport tcp, Path file, long position, long count) throws IOException {
        return tcp.sendFile(file, position, count);
    }

    @Override
    public long bufferedBytes() {
        return transport().bufferedBytes();
    }

    @Override
    public void loseConnection() {
        if (producer != null && feedsItself(producer)) {
            detachProducer(); // It reads no more, so there is nothing to wait for.
        }
        transport().loseConnection();
    }

    /** Whether what is read is what is written. */
    boolean feedsItself(Producer registered) {
        Object feeding = registered;
        return feeding == this || feeding == shown;
    }

    private void detachProducer() {
        if (producer != null && !producerDetached) {
            transport().unregisterProducer();
            producerDetached = true;
        }
    }

    @Override
    public void abortConnection() {
        transport().abortConnection();
    }

    @Override
    public boolean isDisconnecting() {
        return transport().isDisconnecting();
    }

    @Override
    public SocketAddress getPeer() {
        return transport().getPeer();
    }

    @Override
    public SocketAddress getHost() {
        return transport().getHost();
    }

    @Override
    public void registerProducer(Producer feeding, boolean streaming) {
        boolean first = producer == null;
        if (first) {
            producer = feeding; // Before the call, which may ask a pull producer at once, which may have done then.
            producerDetached = false;
        }
        boolean registered = false;
        try {
            transport().registerProducer(feeding, streaming);
            registered = true;
        } finally {
            if (first && !registered) {
                producer = null;
            }
        }
    }

    @Override
    public void unregisterProducer() {
        transport().unregisterProducer(); // First: it refuses a wrong thread.
        producer = null;
    }

    @Override
    public void pauseProducing() {
        transport().pauseProducing();
    }

    @Override
    public void resumeProducing() {
        transport().resumeProducing();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + " of " + wrapped;
    }
}
