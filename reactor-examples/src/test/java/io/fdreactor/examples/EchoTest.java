// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.net.Producer;
import io.fdreactor.net.Transport;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EchoTest {
    private final RecordingTransport transport = new RecordingTransport();
    private final Echo echo = new Echo();

    EchoTest() {
        echo.makeConnection(transport);
    }

    @Test
    void whatComesIsSentBack() {
        echo.dataReceived(UTF_8.encode("hello"));
        assertThat(transport.calls).containsExactly("registerProducer streaming", "write hello");
    }

    @Test
    void aFullTransportIsNotReadFrom() {
        transport.producer().pauseProducing();
        assertThat(transport.calls).last().isEqualTo("pauseProducing");
        transport.producer().resumeProducing();
        assertThat(transport.calls).last().isEqualTo("resumeProducing");
    }

    private static final class RecordingTransport implements Transport {
        final List<String> calls = new ArrayList<>();
        private @Nullable Producer producer;

        Producer producer() {
            assertThat(producer).isNotNull();
            return producer;
        }

        @Override
        public void write(ByteBuffer data) {
            calls.add("write " + UTF_8.decode(data));
        }

        @Override
        public void registerProducer(Producer registered, boolean streaming) {
            producer = registered;
            calls.add("registerProducer " + (streaming ? "streaming" : "pull"));
        }

        @Override
        public void unregisterProducer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void loseConnection() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void pauseProducing() {
            calls.add("pauseProducing");
        }

        @Override
        public void resumeProducing() {
            calls.add("resumeProducing");
        }

        @Override
        public void abortConnection() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long bufferedBytes() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isDisconnecting() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SocketAddress getPeer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SocketAddress getHost() {
            throw new UnsupportedOperationException();
        }
    }
}
