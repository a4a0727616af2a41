// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import io.fdreactor.Reactor;
import io.fdreactor.ReactorClosed;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The demand for a connection's input. Requests and cancellations are for any thread, and take effect on the reactor's.
 *
 * <p>A buffer is subtracted from the demand after its {@code onNext} has returned. So if {@code onNext} makes a
 * request, the demand was not 0 yet and the transport is still reading: resuming it is unnecessary. The demand is never
 * less than what may be delivered.
 */
final class InputSubscription implements Flow.Subscription {
    private final Reactor reactor;
    private final InputPublisher publisher;
    private final AtomicLong demand = new AtomicLong();
    /** Null after the end, so that the subscriber can be collected. */
    private volatile Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;

    InputSubscription(Reactor reactor, InputPublisher publisher, Flow.Subscriber<? super ByteBuffer> subscriber) {
        this.reactor = reactor;
        this.publisher = publisher;
        this.subscriber = subscriber;
    }

    @Override
    public void request(long n) {
        if (isCancelled()) {
            return;
        }
        if (n <= 0) {
            handOver(() -> publisher.misused(
                    new IllegalArgumentException("a request is for one buffer at least, not [" + n + "] (rule 3.9)")));
        } else if (demand.getAndAccumulate(n, InputSubscription::sum) == 0) {
            boolean handedOver = false;
            try {
                handOver(publisher::demanded);
                handedOver = true;
            } finally {
                if (!handedOver) {
                    demand.set(0); // Or no later request would reach the reactor either.
                }
            }
        }
    }

    private static long sum(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    @Override
    public void cancel() {
        if (!isCancelled()) {
            handOver(publisher::cancelled); // First, since it may fail; twice does no harm.
            subscriber = null;
        }
    }

    private void handOver(Runnable call) {
        try {
            reactor.callFromThread(call);
        } catch (ReactorClosed e) {
            // Then the connection has ended too.
            subscriber = null;
        }
    }

    boolean isCancelled() {
        return subscriber == null;
    }

    /** The subscriber, or null after the end. */
    Flow.@Nullable Subscriber<? super ByteBuffer> subscriber() {
        return subscriber;
    }

    /** Ends the subscription; returns the subscriber, or null if it had ended. */
    Flow.@Nullable Subscriber<? super ByteBuffer> take() {
        Flow.Subscriber<? super ByteBuffer> last = subscriber;
        subscriber = null;
        return last;
    }

    boolean hasDemand() {
        return demand.get() > 0;
    }

    /**
     * Counts a delivered buffer; returns whether there is demand for another. {@code Long.MAX_VALUE} is unlimited
     * demand.
     */
    boolean servedOne() {
        return demand.getAndUpdate(asked -> asked == Long.MAX_VALUE ? asked : asked - 1) > 1;
    }
}
