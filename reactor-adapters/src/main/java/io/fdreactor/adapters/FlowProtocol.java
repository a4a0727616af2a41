// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import io.fdreactor.Reactor;
import io.fdreactor.net.HalfCloseableProtocol;
import io.fdreactor.net.Protocol;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;

/**
 * A connection as a pair of reactive streams: {@link #input} publishes the received bytes, {@link #output} writes the
 * bytes that it receives. Both may be connected to other streams before and after the connection is made, from any
 * thread:
 *
 * <pre>{@code
 * tcp.listenTCP(8007, peer -> {
 *     FlowProtocol echo = new FlowProtocol(reactor);
 *     echo.input().subscribe(echo.output());
 *     return echo;
 * });
 * }</pre>
 *
 * <p><b>Back-pressure</b> goes through both: without a request nothing is read, so that the kernel slows the peer down,
 * and nothing is requested while more is written than the transport's high-water mark.
 *
 * <p><b>The end.</b> The two directions end separately, and the connection ends with the second. When the peer has
 * ended its side, the input completes; when the output is completed, this side's end is sent after all that was
 * written. A direction without a subscriber isn't waited for when the other one ends. Cancelling the input closes the
 * connection, after what was written is sent. An error that is passed to the output resets the connection, so that the
 * peer doesn't take it for a clean end. If the connection is lost, the input fails, and the output cancels its source.
 */
public final class FlowProtocol extends Protocol implements HalfCloseableProtocol {
    private final InputPublisher input;
    private final OutputSubscriber output;

    /**
     * Creates the protocol of one connection.
     *
     * @param reactor the reactor that the connection belongs to
     */
    public FlowProtocol(Reactor reactor) {
        Objects.requireNonNull(reactor, "a reactor can't be null");
        this.input = new InputPublisher(reactor);
        this.output = new OutputSubscriber(reactor, input);
    }

    /**
     * Returns the publisher of the bytes that the peer sends, in pieces of any size. It accepts one subscriber and
     * refuses any other. Each buffer is a copy and belongs to the subscriber. Signals come on the reactor's thread;
     * requests and cancellations may come from any thread.
     *
     * @return the publisher, always the same
     */
    public Flow.Publisher<ByteBuffer> input() {
        return input;
    }

    /**
     * Returns the subscriber that writes to the peer. It accepts one subscription and cancels any other. It owns each
     * buffer that it receives until the buffer is written, and leaves it with its position at its limit. Signals may
     * come from any thread; requests come on the reactor's thread.
     *
     * @return the subscriber, always the same
     */
    public Flow.Subscriber<ByteBuffer> output() {
        return output;
    }

    @Override
    public void connectionMade() {
        input.connected(transport());
        output.connected(transport());
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        input.received(data);
    }

    @Override
    public void readConnectionLost() {
        input.completed();
        if (!output.isInUse()) {
            transport().loseConnection();
        }
    }

    /** Does nothing: the input continues, or has ended. */
    @Override
    public void writeConnectionLost() {}

    @Override
    public void connectionLost(Throwable reason) {
        try {
            output.connectionLost();
        } finally {
            input.connectionLost(reason);
        }
    }
}
