// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.core.testing.RecordingProtocol;
import io.fdreactor.net.TcpOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much is buffered for peers that don't read, and what happens at the limit. */
class TcpBufferLimitTest {
    private static final String OTHER = "Q data hello";

    private final TcpFixture fixture = new TcpFixture();
    private final RecordingProtocol protocol = new RecordingProtocol(fixture.base.journal, "P");
    private final RecordingProtocol other = new RecordingProtocol(fixture.base.journal, "Q");
    private String reason = "";

    @AfterEach
    void nothingLeaks() {
        fixture.endAndAssertNothingLeaks();
    }

    private FakeStream accept(TcpOptions options) {
        protocol.onLost(lost -> reason = String.valueOf(lost.getMessage()));
        FakeStream stream = fixture.accept(protocol, options);
        stream.room(0);
        return stream;
    }

    @Test
    void aConnectionThatExceedsItsMaximumIsLostWithTheReason() {
        FakeStream stream = accept(TcpOptions.DEFAULT.withMaxBufferedBytes(1000));
        fixture.inCallback(() -> protocol.tcp().write(new byte[1000]));
        assertThat(fixture.happened()).as("at the maximum").isEmpty();
        ByteBuffer data = ByteBuffer.allocate(1);
        fixture.inCallback(() -> {
            protocol.tcp().write(data);
            assertThat(fixture.happened()).as("in the call").isEmpty();
            assertThat(protocol.tcp().isDisconnecting()).isTrue();
            assertThat(protocol.tcp().bufferedBytes()).isZero();
            protocol.write("dropped");
        });
        assertThat(data.hasRemaining()).isFalse();
        assertThat(fixture.happened()).containsExactly("P lost ConnectionBufferFull");
        assertThat(reason).startsWith("[1000] bytes are buffered, and [1] more exceed the maximum of [1000]");
        assertThat(stream.resets()).isTrue();
        assertThat(stream.isClosed()).isTrue();
    }

    @Test
    void whatThePeerHasTakenDoesNotCount() {
        FakeStream stream = accept(TcpOptions.DEFAULT.withMaxBufferedBytes(1000));
        stream.room(Long.MAX_VALUE);
        for (int i = 0; i < 10; i++) {
            fixture.inCallback(() -> protocol.tcp().write(new byte[1000]));
        }
        assertThat(fixture.happened()).isEmpty();
    }

    @Test
    void filesDoNotCountForTheyTakeNoMemory(@TempDir Path directory) throws IOException {
        FakeStream stream = accept(TcpOptions.DEFAULT.withMaxBufferedBytes(1000));
        Path file = Files.write(directory.resolve("file"), new byte[5000]);
        fixture.inCallback(() -> {
            try {
                protocol.tcp().sendFile(file, 0, 5000);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            protocol.tcp().write(new byte[1000]);
        });
        assertThat(fixture.happened()).isEmpty();
        stream.room(5500);
        fixture.turns(2);
        fixture.inCallback(() -> protocol.tcp().write(new byte[500]));
        assertThat(fixture.happened()).isEmpty();
        fixture.inCallback(() -> protocol.tcp().write(new byte[1]));
        assertThat(fixture.happened()).containsExactly("P lost ConnectionBufferFull");
    }

    @Test
    void aWriteThatFindsNoDirectMemoryEndsThatConnectionAlone() {
        FakeStream healthy = fixture.accept(other);
        accept(TcpOptions.DEFAULT);
        healthy.receive("hello");
        fixture.turn();
        assertThat(fixture.happened()).containsExactly(OTHER);
        fixture.sockets.leaveMemory(0);
        fixture.inCallback(() -> protocol.tcp().write(new byte[10]));
        assertThat(fixture.happened()).containsExactly("P lost ConnectionBufferFull");
        assertThat(reason).contains("MaxDirectMemorySize");
        healthy.receive("hello");
        fixture.turn();
        assertThat(fixture.happened()).as("the reactor goes on").containsExactly(OTHER);
    }

    @Test
    void aReadThatFindsNoDirectMemoryEndsThatConnectionAlone() {
        FakeStream stream = accept(TcpOptions.DEFAULT);
        fixture.sockets.leaveMemory(0);
        stream.receive("hello");
        fixture.turns(2);
        assertThat(fixture.happened()).contains("P lost ConnectionBufferFull");
        fixture.sockets.leaveMemory(Long.MAX_VALUE);
        FakeStream healthy = fixture.accept(other);
        healthy.receive("hello");
        fixture.turn();
        assertThat(fixture.happened()).containsExactly(OTHER);
    }
}
