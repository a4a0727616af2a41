// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import io.fdreactor.ConnectionDone;
import io.fdreactor.Reactor;
import io.fdreactor.ReactorClosed;
import io.fdreactor.net.Transport;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A connection's input, for one subscriber. {@link #subscribe} is for any thread, all other methods are for the
 * reactor's thread.
 *
 * <p>The transport is paused, and delivers nothing, whenever there is no demand, including the time before there is a
 * subscriber.
 */
final class InputPublisher implements Flow.Publisher<ByteBuffer> {
    private final Reactor reactor;
    private final AtomicBoolean taken = new AtomicBoolean();
    private @Nullable Transport transport;
    private @Nullable InputSubscription subscription;
    private boolean ended;
    /** Whether its subscriber has thrown, so that the connection is reset. */
    private boolean broken;
    /** The reason of its end; null for a clean end. */
    private @Nullable Throwable failure;

    InputPublisher(Reactor reactor) {
        this.reactor = reactor;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        Objects.requireNonNull(subscriber, "a subscriber can't be null");
        if (!taken.compareAndSet(false, true)) {
            refuse(
                    subscriber,
                    new IllegalStateException("a connection's input has one subscriber, and this one has one already"));
            return;
        }
        try {
            reactor.callFromThread(() -> begin(subscriber));
        } catch (ReactorClosed e) {
            refuse(subscriber, e);
        }
    }

    private static void refuse(Flow.Subscriber<? super ByteBuffer> subscriber, Throwable reason) {
        subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {}
        });
        subscriber.onError(reason);
    }

    private void begin(Flow.Subscriber<? super ByteBuffer> subscriber) {
        InputSubscription begun = new InputSubscription(reactor, this, subscriber);
        subscription = begun;
        guard(() -> subscriber.onSubscribe(begun));
        if (ended) {
            end();
        }
    }

    /** Whether there is, or will be, a subscriber that reads to the end. */
    boolean isInUse() {
        return taken.get() && !ended && (subscription == null || !subscription.isCancelled());
    }

    void connected(Transport connected) {
        transport = connected;
        if (ended) {
            // Cancelled, or broken off, before there was a connection.
            closeConnection();
        } else if (subscription == null || !subscription.hasDemand()) {
            connected.pauseProducing();
        }
    }

    void received(ByteBuffer data) {
        InputSubscription reading = subscription;
        if (!ended && (reading == null || !reading.hasDemand() && !reading.isCancelled())) {
            throw new IllegalStateException(
                    "a paused connection has delivered [" + data.remaining()
                            + "] bytes, which nobody has asked for: what is between its transport and this protocol has to wait");
        }
        Flow.Subscriber<? super ByteBuffer> subscriber = reading == null ? null : reading.subscriber();
        if (reading == null || subscriber == null) {
            // Cancelled, and the connection is about to be closed.
            return;
        }
        ByteBuffer copy = ByteBuffer.allocate(data.remaining()).put(data).flip();
        guard(() -> subscriber.onNext(copy));
        if (!reading.servedOne() && transport != null) {
            transport.pauseProducing();
        }
    }

    /** There is demand again. */
    void demanded() {
        if (transport != null && subscription != null && subscription.hasDemand()) {
            transport.resumeProducing();
        }
    }

    /** An invalid request: the subscriber gets the error, and is removed. */
    void misused(IllegalArgumentException mistake) {
        if (!ended) {
            failure = mistake;
            try {
                end();
            } finally {
                closeConnection();
            }
        }
    }

    void cancelled() {
        subscription = null;
        if (!ended) {
            ended = true;
            closeConnection();
        }
    }

    private void closeConnection() {
        if (transport == null) {
            return;
        }
        if (broken) {
            transport.abortConnection();
        } else {
            transport.loseConnection();
        }
    }

    /** The peer has ended its side. */
    void completed() {
        if (!ended) {
            end();
        }
    }

    void connectionLost(Throwable reason) {
        transport = null;
        if (!ended) {
            failure = reason instanceof ConnectionDone ? null : reason;
            end();
        }
    }

    private void end() {
        ended = true;
        InputSubscription last = subscription;
        subscription = null;
        Flow.Subscriber<? super ByteBuffer> subscriber = last == null ? null : last.take();
        Throwable reason = failure;
        if (subscriber == null) {
            return;
        }
        if (reason == null) {
            subscriber.onComplete();
        } else {
            subscriber.onError(reason);
        }
    }

    /** Calls the subscriber, which must not throw. If it does, it gets no further signals, and the connection ends. */
    private void guard(Runnable signal) {
        boolean done = false;
        try {
            signal.run();
            done = true;
        } finally {
            if (!done) {
                ended = true;
                broken = true;
                InputSubscription last = subscription;
                subscription = null;
                if (last != null) {
                    last.take();
                }
                closeConnection();
            }
        }
    }
}
