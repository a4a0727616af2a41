// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import io.fdreactor.Reactor;
import io.fdreactor.ReactorClosed;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How much of a connection's input is asked for. Requests and cancels are for any thread, and take effect on the
 * reactor's.
 *
 * <p>A buffer is counted as served after its {@code onNext} has returned: so a request made from inside finds that the
 * transport still reads and needs not be told, and the demand never is less than what may be delivered.
 */
final class InputSubscription implements Flow.Subscription {
    private final Reactor reactor;
    private final InputPublisher publisher;
    private final AtomicLong demand = new AtomicLong();
    /** Null once it is over, so that nobody is kept alive. */
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
                    demand.set(0); // Or no later request would be handed over either.
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
            // Then the connection is gone, too.
            subscriber = null;
        }
    }

    boolean isCancelled() {
        return subscriber == null;
    }

    /** Who is to be told, or null once that is over. */
    Flow.@Nullable Subscriber<? super ByteBuffer> subscriber() {
        return subscriber;
    }

    /** Ends it; answers who is to be told so. */
    Flow.@Nullable Subscriber<? super ByteBuffer> take() {
        Flow.Subscriber<? super ByteBuffer> last = subscriber;
        subscriber = null;
        return last;
    }

    boolean hasDemand() {
        return demand.get() > 0;
    }

    /** Counts a buffer; answers whether there is demand for another. {@code Long.MAX_VALUE} is without end. */
    boolean servedOne() {
        return demand.getAndUpdate(asked -> asked == Long.MAX_VALUE ? asked : asked - 1) > 1;
    }
}
