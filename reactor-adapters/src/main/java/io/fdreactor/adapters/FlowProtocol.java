// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import io.fdreactor.Reactor;
import io.fdreactor.net.HalfCloseableProtocol;
import io.fdreactor.net.Protocol;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;

/**
 * A connection as a pair of reactive streams: {@link #input} publishes what comes, {@link #output} writes what it is
 * given. Both may be connected to others before and after the connection is made, from any thread:
 *
 * <pre>{@code
 * tcp.listenTCP(8007, peer -> {
 *     FlowProtocol echo = new FlowProtocol(reactor);
 *     echo.input().subscribe(echo.output());
 *     return echo;
 * });
 * }</pre>
 *
 * <p><b>Back-pressure</b> goes through both: what isn't asked for isn't read, so that the kernel holds the peer back, and
 * nothing is asked for while more is written than the transport's high mark.
 *
 * <p><b>The end.</b> The two directions end apart, and the connection with the second. When the peer has ended its side,
 * the input completes; when the output is completed, the peer gets this side's end after all that was written. A
 * direction that nobody has subscribed by the time the other one ends isn't waited for. A cancelled input means that the
 * connection isn't wanted any more: what is still being written is sent, then it is closed. An error given to the output
 * resets the connection, lest the peer take it for a good end. A lost connection is the input's error, and the output
 * cancels its source.
 */
public final class FlowProtocol extends Protocol implements HalfCloseableProtocol {
    private final InputPublisher input;
    private final OutputSubscriber output;

    /** @param reactor the one that the connection belongs to */
    public FlowProtocol(Reactor reactor) {
        Objects.requireNonNull(reactor, "a reactor can't be null");
        this.input = new InputPublisher(reactor);
        this.output = new OutputSubscriber(reactor, input);
    }

    /**
     * What the peer sends, cut anywhere. It takes one subscriber and tells any other that it can't have it. Each buffer is
     * a copy and the subscriber's own. Signals come on the reactor's thread; requests and cancels may come from any.
     */
    public Flow.Publisher<ByteBuffer> input() {
        return input;
    }

    /**
     * Writes to the peer. It takes one subscription and cancels any other. A buffer that is given to it is its own until
     * it is written, and left with its position at its limit. Signals may come from any thread, requests come on the
     * reactor's.
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

    /** Nothing is left to do: the input goes on, or has ended. */
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
