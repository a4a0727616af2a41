// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.core.loop.Callbacks;
import io.fdreactor.core.testing.CapturedLog;
import io.fdreactor.core.testing.RecordingDescriptor;
import io.fdreactor.core.testing.RecordingProtocol;
import io.fdreactor.net.ConnectOptions;
import io.fdreactor.net.Connector;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.Producer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What comes from outside neither forges a line of a log nor steers a terminal. */
class TcpMessagesTest {
    private static final String INPUT = "x\nforged\u001b[2J";
    private static final String SHOWN = "x\\nforged\\u001b[2J";

    private final TcpFixture fixture = new TcpFixture();

    @Test
    void aHostInAConnectorsText() {
        Connector connector = fixture.connect(INPUT, ConnectOptions.DEFAULT);
        assertThat(connector).hasToString("connector to " + SHOWN + ":80");
        assertThatThrownBy(connector::connect).hasMessageContaining(SHOWN);
    }

    @Test
    void anAddressToListenOn() {
        assertThatThrownBy(
                        () -> fixture.tcp.listenTCP(0, fixture.factory, ListenOptions.DEFAULT.withBindAddress(INPUT)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[" + SHOWN + "]");
    }

    @Test
    void namesOfAddressesAndUnresolvedOnes() throws UnknownHostException {
        InetAddress named = InetAddress.getByAddress(INPUT, new byte[] {10, 0, 0, 1});
        assertThat(Failures.text(InetSocketAddress.createUnresolved(INPUT, 1))).isEqualTo(SHOWN + ":1");
        assertThat(Failures.text(new InetSocketAddress(named, 1))).isEqualTo("10.0.0.1:1");
        assertThat(Failures.why(new UnknownHostException(INPUT))).isEqualTo(SHOWN);
        assertThat(Failures.why(new UnknownHostException())).isEqualTo("java.net.UnknownHostException");
    }

    @Test
    void aFilesName() {
        Path path = Path.of(INPUT);
        assertThatThrownBy(() -> FileSegment.check(path, -1, 0)).hasMessageContaining("[" + SHOWN + "]");
    }

    @Test
    void aProducersText() {
        RecordingProtocol protocol = new RecordingProtocol(fixture.base.journal, "P");
        fixture.accept(protocol);
        Producer producer = new Named();
        fixture.inCallback(() -> protocol.tcp().registerProducer(producer, true));
        assertThatThrownBy(() -> protocol.tcp().registerProducer(producer, true))
                .hasMessageContaining("[" + SHOWN + "] feeds");
    }

    @Test
    void aLineOfTheLog() {
        Callbacks callbacks = new Callbacks(INPUT, null);
        RecordingDescriptor descriptor = new RecordingDescriptor(fixture.base.journal, INPUT, 5);
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 10; i++) {
                callbacks.report(new IllegalStateException(INPUT), INPUT, descriptor);
            }
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().get(0).replace(": IllegalStateException(" + INPUT + ")", ""))
                    .startsWith("[" + SHOWN + "] exception in " + SHOWN)
                    .doesNotContain("\n", "\u001b");
            assertThat(log.lines().get(1)).contains("for the 10th time").doesNotContain("\n", "\u001b");
        }
    }

    private static final class Named implements Producer {
        @Override
        public void pauseProducing() {}

        @Override
        public void resumeProducing() {}

        @Override
        public void stopProducing() {}

        @Override
        public String toString() {
            return INPUT;
        }
    }
}
