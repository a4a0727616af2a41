// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.DelayedCall;
import io.fdreactor.IReactorTime;
import io.fdreactor.net.Factory;
import io.fdreactor.net.Protocol;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a {@link ProxyProtocolFactory}: a header, then the wrapped protocol. The reader and the timer exist
 * only while the header is incomplete.
 */
final class ProxiedProtocol extends ProtocolWrapper {
    private final ProxyProtocolFactory factory;
    private final Factory wrapped;
    private final IReactorTime clock;
    private final Duration headerTimeout;

    private @Nullable ProxyHeaderReader reader = new ProxyHeaderReader();
    private @Nullable DelayedCall timer;
    private ProxyHeader header = ProxyHeader.WITHOUT_ADDRESSES;

    private boolean paused;
    /** What came in one read with the header, while the protocol is paused; null for none. */
    private @Nullable ByteBuffer kept;
    /** Pending from a resume until what is kept is delivered; the transport is paused until then. */
    private @Nullable DelayedCall delivery;

    ProxiedProtocol(ProxyProtocolFactory factory, Factory wrapped, IReactorTime clock, Duration headerTimeout) {
        this.factory = factory;
        this.wrapped = wrapped;
        this.clock = clock;
        this.headerTimeout = headerTimeout;
    }

    @Override
    public void connectionMade() {
        timer = clock.callLater(headerTimeout, this::isLate);
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        if (reader != null) {
            read(reader, data);
        }
        if (reader == null && data.hasRemaining() && !isDisconnecting()) {
            if (paused || kept != null) {
                keep(data);
            } else {
                super.dataReceived(data);
            }
        }
    }

    private void keep(ByteBuffer data) {
        ByteBuffer before = kept == null ? ByteBuffer.allocate(0) : kept;
        kept = ByteBuffer.allocate(Math.addExact(before.remaining(), data.remaining()))
                .put(before)
                .put(data)
                .flip();
    }

    @Override
    public void pauseProducing() {
        super.pauseProducing();
        paused = true;
    }

    /** Never delivers data from inside this call, like any transport. */
    @Override
    public void resumeProducing() {
        if (kept == null) {
            super.resumeProducing();
        } else {
            super.pauseProducing(); // It is paused. But a wrong thread is refused.
            if (delivery == null) {
                delivery = clock.callLater(0, this::deliverKept);
            }
        }
        paused = false;
    }

    private void deliverKept() {
        delivery = null;
        ByteBuffer data = kept;
        if (paused || data == null) {
            return;
        }
        kept = null;
        boolean delivered = false;
        try {
            if (!isDisconnecting()) {
                super.dataReceived(data);
            }
            delivered = true;
        } finally {
            if (!delivered) {
                abortConnection(); // As the transport would end it, had it called.
            }
        }
        if (!paused) {
            super.resumeProducing();
        }
    }

    private void read(ProxyHeaderReader reading, ByteBuffer data) {
        try {
            ProxyHeader complete = reading.read(data);
            if (complete != null) {
                endOfHeader();
                header = complete;
                begin();
            }
        } catch (InvalidProxyHeader reason) {
            refuse(reason);
        }
    }

    private void begin() {
        Protocol protocol = wrapped.buildProtocol(getPeer());
        if (protocol == null) {
            transport().abortConnection();
        } else {
            connect(protocol);
        }
    }

    /** It may only be unheard, if a callback has held up the reactor: what has come is handed over before the next turn. */
    private void isLate() {
        timer = clock.callLater(0, this::tookTooLong);
    }

    private void tookTooLong() {
        timer = null;
        if (reader != null) {
            refuse(new InvalidProxyHeader("a PROXY header took longer than [" + headerTimeout.toMillis()
                    + " ms]; there were " + reader.bytesRead() + " bytes of it"));
        }
    }

    private void refuse(InvalidProxyHeader reason) {
        endOfHeader();
        transport().abortConnection();
        factory.headerRefused(transport().getPeer(), reason);
    }

    private void endOfHeader() {
        reader = null;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    @Override
    public void readConnectionLost() {
        if (reader == null) {
            super.readConnectionLost();
        } else {
            refuseTruncated(reader);
        }
    }

    private void refuseTruncated(ProxyHeaderReader reading) {
        refuse(new InvalidProxyHeader(
                "a connection has ended after [" + reading.bytesRead() + "] bytes of its PROXY header"));
    }

    @Override
    public void connectionLost(Throwable reason) {
        kept = null;
        if (delivery != null) {
            delivery.cancel();
            delivery = null;
        }
        try {
            if (reader != null) {
                refuseTruncated(reader);
            }
        } finally {
            super.connectionLost(reason);
        }
    }

    @Override
    public SocketAddress getPeer() {
        SocketAddress source = header.source();
        return source == null ? transport().getPeer() : source;
    }

    @Override
    public SocketAddress getHost() {
        SocketAddress destination = header.destination();
        return destination == null ? transport().getHost() : destination;
    }
}
