// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.net.Producer;
import io.fdreactor.net.Protocol;
import io.fdreactor.net.TcpTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a {@link ThrottlingFactory}. Both the throttle and the wrapped protocol may pause its reading,
 * which resumes when neither does. The same holds for a producer, with the throttle and the transport.
 */
final class ThrottledProtocol extends ProtocolWrapper {
    private final Throttle reads;
    private final Throttle writes;
    private boolean paused;
    private boolean readThrottled;
    private @Nullable ThrottledProducer producer;

    ThrottledProtocol(Protocol wrapped, Throttle reads, Throttle writes) {
        super(wrapped);
        this.reads = reads;
        this.writes = writes;
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        if (reads.spend(data.remaining()) && !readThrottled) {
            reads.await(this::readOn);
            super.pauseProducing();
            readThrottled = true;
        }
        super.dataReceived(data);
    }

    private void readOn() {
        readThrottled = false;
        if (!paused) {
            super.resumeProducing();
        }
    }

    @Override
    public void pauseProducing() {
        super.pauseProducing(); // First: it refuses a wrong thread.
        paused = true;
    }

    @Override
    public void resumeProducing() {
        if (readThrottled) {
            super.pauseProducing(); // It is paused. But a wrong thread is refused.
        } else {
            super.resumeProducing();
        }
        paused = false;
    }

    @Override
    public void write(ByteBuffer data) {
        int count = data.remaining();
        super.write(data);
        spend(count);
    }

    @Override
    CompletionStage<Void> sendFile(TcpTransport tcp, Path file, long position, long count) throws IOException {
        CompletionStage<Void> sent = super.sendFile(tcp, file, position, count);
        spend(count);
        return sent;
    }

    private void spend(long count) {
        if (writes.spend(count) && producer != null) {
            producer.throttle();
        }
    }

    @Override
    public void registerProducer(Producer feeding, boolean streaming) {
        ThrottledProducer throttled = new ThrottledProducer(this, feeding, streaming, writes);
        boolean first = producer == null;
        if (first) {
            producer = throttled;
        }
        boolean registered = false;
        try {
            super.registerProducer(throttled, streaming);
            registered = true;
        } finally {
            if (first && !registered) {
                dropProducer();
            }
        }
    }

    @Override
    public void unregisterProducer() {
        super.unregisterProducer();
        dropProducer();
    }

    @Override
    public void connectionLost(Throwable reason) {
        try {
            super.connectionLost(reason);
        } finally {
            dropProducer();
        }
    }

    private void dropProducer() {
        if (producer != null) {
            producer.drop();
            producer = null;
        }
    }

    @Override
    boolean feedsItself(Producer registered) {
        return registered instanceof ThrottledProducer throttled && super.feedsItself(throttled.producer());
    }
}
