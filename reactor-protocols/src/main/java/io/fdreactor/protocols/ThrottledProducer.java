// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.net.Producer;

/** A producer that is paused by its transport and by a throttle. */
final class ThrottledProducer implements Producer {
    private final ThrottledProtocol protocol;
    private final Producer producer;
    private final boolean streaming;
    private final Throttle throttle;
    private boolean throttled;

    /** As far as the transport is concerned: a push producer is paused; a pull producer isn't asked. */
    private boolean heldByTransport;

    private boolean dropped;

    ThrottledProducer(ThrottledProtocol protocol, Producer producer, boolean streaming, Throttle throttle) {
        this.protocol = protocol;
        this.producer = producer;
        this.streaming = streaming;
        this.throttle = throttle;
        this.heldByTransport = !streaming;
    }

    Producer producer() {
        return producer;
    }

    /** Too much was written: wait. */
    void throttle() {
        if (!throttled && !dropped) {
            throttle.await(this::goOn);
            throttled = true;
            if (streaming && !heldByTransport) {
                producer.pauseProducing();
            }
        }
    }

    private void goOn() {
        throttled = false;
        if (dropped || heldByTransport) {
            return;
        }
        try {
            ask();
        } catch (Throwable thrown) {
            protocol.abortConnection(); // As the transport would end it, had it called.
            throw thrown;
        }
    }

    /** It is no longer a registered producer. */
    void drop() {
        dropped = true;
    }

    private void ask() {
        heldByTransport = !streaming;
        producer.resumeProducing();
    }

    @Override
    public void pauseProducing() {
        heldByTransport = true;
        if (!throttled) {
            producer.pauseProducing();
        }
    }

    @Override
    public void resumeProducing() {
        heldByTransport = false;
        if (!throttled) {
            ask();
        }
    }

    @Override
    public void stopProducing() {
        drop();
        producer.stopProducing();
    }
}
