// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.core.testing.RecordingProtocol;
import io.fdreactor.net.Producer;
import io.fdreactor.net.TcpTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A call of the connection with a stack that is nearly full, at many depths: it has happened or it hasn't, and the
 * connection is of use afterwards.
 */
class TcpStackOverflowTest {
    private static final int DEPTHS = 60;
    private static final int SIZE = 40_000;

    @TempDir
    private Path directory;

    private Path file = Path.of("");
    private TcpFixture fixture = new TcpFixture();
    private RecordingProtocol.HalfCloseable protocol = new RecordingProtocol.HalfCloseable(fixture.base.journal, "P");
    private FakeStream stream = fixture.accept(protocol);

    @FunctionalInterface
    private interface Scenario {
        /** @param margin how many frames there are between the call and the stack's end; less than 0 for many */
        void at(int margin) throws IOException;
    }

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.write(directory.resolve("file"), new byte[SIZE]);
    }

    /** On a new connection at each depth, after one that loads the classes. */
    private void atManyDepths(Scenario scenario) throws IOException {
        for (int margin = -1; margin < DEPTHS; margin++) {
            fixture = new TcpFixture();
            protocol = new RecordingProtocol.HalfCloseable(fixture.base.journal, "P");
            stream = fixture.accept(protocol);
            fixture.poller.forgive();
            scenario.at(margin);
            if (fixture.sockets.open() > 1) {
                fixture.inCallback(() -> transport().loseConnection());
                fixture.inCallback(() -> transport().unregisterProducer());
                fixture.turns(4);
            }
            assertThat(fixture.happened())
                    .as("[%d] frames before the end", margin)
                    .filteredOn(line -> line.startsWith("P lost"))
                    .hasSize(1);
            fixture.endAndAssertNothingLeaks();
        }
    }

    private TcpTransport transport() {
        return protocol.tcp();
    }

    /** Calls in a callback, with a stack that is full after this many frames more. */
    private void call(int margin, Runnable call) {
        fixture.inCallback(() -> {
            if (margin < 0) {
                call.run();
            } else {
                dive(margin, call);
            }
        });
        fixture.turns(2);
    }

    /** @return how many frames there were from here to the stack's end */
    @SuppressWarnings("InfiniteRecursion") // It ends when the stack does.
    private static int dive(int margin, Runnable call) {
        int frames;
        try {
            frames = dive(margin, call);
        } catch (StackOverflowError e) {
            frames = 0;
        }
        if (frames == margin) {
            try {
                call.run();
            } catch (StackOverflowError e) {
                return frames + 1;
            }
        }
        return frames + 1;
    }

    /** Writes a little, which has to arrive behind all or nothing of what was written before. */
    private void assertAllOrNothing(int margin) {
        fixture.inCallback(() -> protocol.write("x"));
        fixture.turns(4);
        byte[] sent = stream.takeSentBytes();
        assertThat(sent.length).as("[%d] frames before the end", margin).isIn(1, SIZE + 1);
        assertThat(sent[sent.length - 1]).isEqualTo((byte) 'x');
        assertThat(transport().bufferedBytes()).isZero();
    }

    @Test
    void write() throws IOException {
        atManyDepths(margin -> {
            byte[] data = new byte[SIZE];
            call(margin, () -> transport().write(data));
            assertAllOrNothing(margin);
        });
    }

    @Test
    void sendFile() throws IOException {
        atManyDepths(margin -> {
            call(margin, () -> {
                try {
                    transport().sendFile(file, 0, SIZE);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            assertAllOrNothing(margin);
        });
    }

    @Test
    void pauseProducing() throws IOException {
        atManyDepths(margin -> {
            call(margin, () -> transport().pauseProducing());
            stream.receive("a");
            fixture.turns(2);
            fixture.inCallback(() -> transport().resumeProducing());
            fixture.turns(2);
            stream.receive("b");
            fixture.turns(2);
            assertThat(fixture.happened()).contains("P data a", "P data b");
        });
    }

    @Test
    void resumeProducing() throws IOException {
        atManyDepths(margin -> {
            fixture.inCallback(() -> transport().pauseProducing());
            call(margin, () -> transport().resumeProducing());
            fixture.inCallback(() -> transport().resumeProducing());
            stream.receive("a");
            fixture.turns(2);
            assertThat(fixture.happened()).containsOnlyOnce("P data a");
        });
    }

    @Test
    void loseConnection() throws IOException {
        atManyDepths(margin -> {
            call(margin, () -> transport().loseConnection());
            if (!stream.isClosed()) {
                stream.receive("a");
                fixture.turns(2);
                assertThat(fixture.happened()).contains("P data a");
            }
        });
    }

    @Test
    void loseWriteConnection() throws IOException {
        atManyDepths(margin -> {
            call(margin, () -> transport().loseWriteConnection());
            fixture.inCallback(() -> transport().loseWriteConnection());
            fixture.turns(2);
            assertThat(stream.isOutputShut()).isTrue();
        });
    }

    @Test
    void abortConnection() throws IOException {
        atManyDepths(margin -> {
            stream.room(0);
            fixture.inCallback(() -> transport().write(new byte[SIZE]));
            call(margin, () -> transport().abortConnection());
            if (stream.isClosed()) {
                assertThat(stream.resets())
                        .as("[%d] frames before the end", margin)
                        .isTrue();
            } else {
                stream.room(Long.MAX_VALUE);
                fixture.turns(4);
                assertThat(stream.takeSentBytes())
                        .as("[%d] frames before the end", margin)
                        .hasSize(SIZE);
            }
        });
    }

    @Test
    void aWriteBeyondTheMaximum() throws IOException {
        byte[] data = new byte[64 * 1024 * 1024 + 1];
        atManyDepths(margin -> {
            call(margin, () -> transport().write(data));
            if (!stream.isClosed()) {
                stream.receive("a");
                fixture.turns(2);
                assertThat(fixture.happened()).contains("P data a");
                assertThat(stream.takeSentBytes()).isEmpty();
            }
        });
    }

    @Test
    void registeringAndUnregistering() throws IOException {
        atManyDepths(margin -> {
            int[] asked = {0};
            Producer producer = new Producer() {
                @Override
                public void resumeProducing() {
                    asked[0]++;
                }

                @Override
                public void stopProducing() {}
            };
            call(margin, () -> transport().registerProducer(producer, false));
            fixture.inCallback(() -> transport().unregisterProducer());
            int before = asked[0];
            fixture.inCallback(() -> transport().registerProducer(producer, false));
            assertThat(asked[0]).as("[%d] frames before the end", margin).isGreaterThan(before);
            fixture.inCallback(() -> transport().loseWriteConnection());
            call(margin, () -> transport().unregisterProducer());
            fixture.inCallback(() -> transport().unregisterProducer());
            fixture.turns(2);
            assertThat(stream.isOutputShut()).isTrue();
        });
    }
}
