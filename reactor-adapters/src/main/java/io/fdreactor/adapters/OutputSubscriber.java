// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import io.fdreactor.Reactor;
import io.fdreactor.ReactorClosed;
import io.fdreactor.net.Producer;
import io.fdreactor.net.TcpTransport;
import io.fdreactor.net.Transport;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes the buffers that it receives to a connection, whose push producer it is. The signals are for any thread, and
 * take effect on the reactor's, in order; all other methods are for the reactor's thread.
 *
 * <p>It requests some buffers in advance, and more when half of them have arrived, unless the transport has paused it.
 */
final class OutputSubscriber implements Flow.Subscriber<ByteBuffer>, Producer {
    private static final int AHEAD = 16;

    private final Reactor reactor;
    private final InputPublisher input;
    private final AtomicReference<Flow.@Nullable Subscription> source = new AtomicReference<>();
    private @Nullable Transport transport;
    private boolean begun;
    private boolean paused;
    private boolean ended;
    /** Whether it has ended badly, so that the peer must not take it for a good end. */
    private boolean failed;
    /** Requested and not received yet. */
    private int outstanding;

    /** @param input the connection's other direction */
    OutputSubscriber(Reactor reactor, InputPublisher input) {
        this.reactor = reactor;
        this.input = input;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        Objects.requireNonNull(subscription, "a subscription can't be null");
        if (source.compareAndSet(null, subscription)) {
            handOver(this::begin);
        } else {
            subscription.cancel();
        }
    }

    /** Whether a signal was dropped: writing later ones would hide a gap. */
    private volatile boolean signalLost;

    @Override
    public void onNext(ByteBuffer data) {
        Objects.requireNonNull(data, "a buffer can't be null");
        handOver(() -> write(data));
    }

    @Override
    public void onComplete() {
        handOver(this::complete);
    }

    @Override
    public void onError(Throwable reason) {
        Objects.requireNonNull(reason, "a reason can't be null");
        handOver(this::fail);
    }

    private void handOver(Runnable signal) {
        boolean handedOver = false;
        try {
            reactor.callFromThread(signal);
            handedOver = true;
        } catch (ReactorClosed e) {
            handedOver = true;
            cancelSource();
        } finally {
            if (!handedOver) {
                signalLost = true; // For want of stack or memory.
            }
        }
    }

    /**
     * Calls code of others. If it throws, the stream can't continue: the source is cancelled and the connection reset.
     */
    private void guard(Runnable call) {
        boolean done = false;
        try {
            call.run();
            done = true;
        } finally {
            if (!done) {
                breakOff();
            }
        }
    }

    private void breakOff() {
        ended = true;
        failed = true;
        Transport connected = transport;
        if (connected != null) {
            connected.abortConnection();
        }
        cancelSource();
    }

    private void cancelSource() {
        Flow.Subscription subscription = source.get();
        if (subscription != null) {
            subscription.cancel();
        }
    }

    void connected(Transport connected) {
        transport = connected;
        if (ended) {
            endOutput(connected);
        } else {
            begin();
        }
    }

    /** Starts to request, once there are both a source and a connection. */
    private void begin() {
        if (ended) {
            cancelSource();
        } else if (!begun && transport != null && source.get() != null) {
            begun = true;
            transport.registerProducer(this, true);
            ask();
        }
    }

    private void ask() {
        Flow.Subscription subscription = source.get();
        if (begun && !ended && !paused && outstanding <= AHEAD / 2 && subscription != null) {
            int more = AHEAD - outstanding;
            outstanding = AHEAD;
            guard(() -> subscription.request(more));
        }
    }

    private void write(ByteBuffer data) {
        outstanding--;
        Transport connected = transport;
        if (ended || connected == null) {
            return;
        }
        if (signalLost) {
            breakOff();
            return;
        }
        guard(() -> connected.write(data));
        ask();
    }

    private void complete() {
        if (!ended) {
            failed |= signalLost;
            ended = true;
            if (transport != null) {
                endOutput(transport);
            }
        }
    }

    private void fail() {
        failed = !ended;
        complete();
    }

    private void endOutput(Transport connected) {
        if (begun) {
            connected.unregisterProducer();
        }
        if (failed) {
            connected.abortConnection();
        } else if (input.isInUse() && connected instanceof TcpTransport tcp) {
            tcp.loseWriteConnection();
        } else {
            connected.loseConnection();
        }
    }

    /** Whether there is, or will be, a source that writes to the end. */
    boolean isInUse() {
        return source.get() != null && !ended;
    }

    void connectionLost() {
        transport = null;
        stopProducing();
    }

    @Override
    public void pauseProducing() {
        paused = true;
    }

    @Override
    public void resumeProducing() {
        paused = false;
        ask();
    }

    @Override
    public void stopProducing() {
        if (!ended) {
            ended = true;
            cancelSource();
        }
    }
}
