// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.net.Producer;
import io.fdreactor.net.Transport;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far ahead it asks, and how a transport holds it up. */
class OutputSubscriberTest {
    private final RunningReactor running = new RunningReactor();
    private final FlowProtocol protocol = new FlowProtocol(running.reactor);
    private final List<Long> requests = new ArrayList<>();
    private Producer producer;
    private int written;

    /** Keeps what it is told. */
    private final Transport transport = (Transport) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {Transport.class}, (it, method, arguments) -> {
                switch (method.getName()) {
                    case "registerProducer" -> producer = (Producer) arguments[0];
                    case "write" -> written++;
                    default -> {}
                }
                return null;
            });

    @BeforeEach
    void connect() throws Exception {
        protocol.output().onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                requests.add(n);
            }

            @Override
            public void cancel() {}
        });
        running.reactor.callFromThread(() -> protocol.makeConnection(transport));
        settle();
    }

    @AfterEach
    void close() {
        running.close();
        assertThat(running.thrown).isEmpty();
    }

    /** Until all that was handed to the reactor's thread is done. */
    private void settle() throws Exception {
        running.on(() -> null);
    }

    private void give(int count) throws Exception {
        for (int i = 0; i < count; i++) {
            protocol.output().onNext(ByteBuffer.allocate(1));
        }
        settle();
    }

    @Test
    void itAsksAheadAndAgainWhenHalfHasCome() throws Exception {
        assertThat(requests).containsExactly(16L);
        give(7);
        assertThat(requests).containsExactly(16L);
        give(1);
        assertThat(requests).containsExactly(16L, 8L);
        assertThat(written).isEqualTo(8);
    }

    @Test
    void aTransportThatIsFullIsAskedForNothing() throws Exception {
        producer.pauseProducing();
        give(16);
        assertThat(requests).containsExactly(16L);
        assertThat(written).isEqualTo(16);
        running.on(() -> {
            producer.resumeProducing();
            return null;
        });
        assertThat(requests).containsExactly(16L, 16L);
    }
}
