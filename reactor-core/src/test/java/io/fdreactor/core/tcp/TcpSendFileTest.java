// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.ConnectionAborted;
import io.fdreactor.ConnectionLost;
import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.core.testing.RecordingProtocol;
import io.fdreactor.net.Producer;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files between the bytes: NET-26 to NET-29. */
class TcpSendFileTest {
    private final TcpFixture fixture = new TcpFixture();
    private final RecordingProtocol protocol = new RecordingProtocol(fixture.base.journal, "P");
    private FakeStream stream;

    @TempDir
    private Path directory;

    @BeforeEach
    void accept() {
        stream = fixture.accept(protocol);
    }

    @AfterEach
    void nothingLeaks() {
        fixture.endAndAssertNothingLeaks();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private Path file(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(directory.resolve("big"), content);
    }

    /** Sends a part, and writes down how that ends. */
    private CompletionStage<Void> send(Path path, long position, long count) {
        try {
            CompletionStage<Void> sent = protocol.tcp().sendFile(path, position, count);
            sent.whenComplete((nothing, thrown) -> fixture.base.journal.add(
                    path.getFileName() + (thrown == null ? " sent" : " not sent: " + thrown.getMessage())));
            return sent;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void filesGoWhereTheyWereWritten() throws IOException {
        Path one = file("one", "0123456789");
        Path two = file("two", "abcdef");
        fixture.inCallback(() -> {
            protocol.write("<");
            send(one, 2, 3);
            protocol.write("|");
            protocol.write("|");
            send(two, 0, 6);
            send(one, 9, 1);
            protocol.write(">");
            assertThat(protocol.tcp().bufferedBytes()).isEqualTo(14);
            assertThat(fixture.happened()).as("in the call").isEmpty();
        });
        assertThat(stream.takeSent()).isEqualTo("<234||abcdef9>");
        assertThat(fixture.happened()).containsExactly("one sent", "two sent", "one sent");
        assertThat(protocol.tcp().bufferedBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void howeverItIsTakenItArrivesOnceAndInOrder(long seed) throws IOException {
        Random random = new Random(seed);
        Path path = file(300_000);
        byte[] content = Files.readAllBytes(path);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (int step = 0; step < 200; step++) {
            stream.room(random.nextInt(3) == 0 ? 0 : random.nextInt(200_000));
            if (random.nextBoolean()) {
                int position = random.nextInt(content.length);
                int count = random.nextInt(content.length - position);
                expected.write(content, position, count);
                fixture.inCallback(() -> send(path, position, count));
            } else {
                byte[] bytes = new byte[random.nextInt(40_000)];
                random.nextBytes(bytes);
                expected.writeBytes(bytes);
                fixture.inCallback(() -> protocol.tcp().write(bytes));
            }
            sent.writeBytes(stream.takeSentBytes());
            assertThat(protocol.tcp().bufferedBytes()).isEqualTo(expected.size() - sent.size());
        }
        stream.room(Long.MAX_VALUE);
        while (protocol.tcp().bufferedBytes() > 0) {
            fixture.turn();
        }
        sent.writeBytes(stream.takeSentBytes());
        assertThat(sent.toByteArray()).isEqualTo(expected.toByteArray());
        assertThat(fixture.sockets.openFiles()).isZero();
    }

    @Test
    void aBigFileGoesAPartATurn() throws IOException {
        int bytes = 10 * FileSegment.TURN_BYTES;
        Path path = file(bytes);
        fixture.inCallback(() -> send(path, 0, bytes));
        int turns = 1;
        for (; protocol.tcp().bufferedBytes() > 0; turns++) {
            assertThat(stream.takeSentBytes().length).isBetween(1, FileSegment.TURN_BYTES);
            fixture.turn();
        }
        assertThat(turns).isGreaterThanOrEqualTo(10);
        fixture.turn();
        assertThat(fixture.happened()).containsExactly("big sent");
        assertThat(fixture.poller.interest(stream.fd()))
                .as("no longer watched for room")
                .isEqualTo(1);
    }

    @Test
    void aProducerWaitsForIt() throws IOException {
        Path path = file(200_000);
        stream.room(0);
        fixture.inCallback(() -> {
            protocol.tcp().registerProducer(new Feeder(), true);
            send(path, 0, 200_000);
        });
        assertThat(fixture.happened()).containsExactly("pause");
        stream.room(Long.MAX_VALUE);
        fixture.turns(10);
        assertThat(fixture.happened()).endsWith("big sent").contains("resume");
    }

    private final class Feeder implements Producer {
        @Override
        public void pauseProducing() {
            fixture.base.journal.add("pause");
        }

        @Override
        public void resumeProducing() {
            fixture.base.journal.add("resume");
        }

        @Override
        public void stopProducing() {
            fixture.base.journal.add("stop");
        }
    }

    @Test
    void theEndWaitsForItAndWhatComesAfterIsDropped() throws IOException {
        Path path = file("one", "0123456789");
        stream.room(3);
        fixture.inCallback(() -> {
            send(path, 0, 10);
            protocol.tcp().loseConnection();
            send(path, 0, 10);
            protocol.write("late");
        });
        assertThat(fixture.happened()).containsExactly("one not sent: " + ConnectionLost.INSTANCE.getMessage());
        stream.room(Long.MAX_VALUE);
        fixture.turns(2);
        assertThat(stream.takeSent()).isEqualTo("0123456789");
        assertThat(fixture.happened()).containsExactly("one sent", "P lost ConnectionDone");
        send(path, 0, 10);
        assertThat(fixture.happened()).containsExactly("one not sent: " + ConnectionLost.INSTANCE.getMessage());
    }

    @Test
    void theEndOfThePeerWaitsForItToo() throws IOException {
        Path path = file("one", "0123456789");
        stream.room(3);
        fixture.inCallback(() -> send(path, 0, 10));
        stream.receiveEnd();
        fixture.turns(2);
        stream.room(Long.MAX_VALUE);
        fixture.turns(2);
        assertThat(stream.takeSent()).isEqualTo("0123456789");
        assertThat(fixture.happened()).containsExactly("one sent", "P lost ConnectionDone");
    }

    @Test
    void anAbortClosesFilesAtOnceAndTellsOfThemLater() throws IOException {
        Path path = file("one", "0123456789");
        stream.room(3);
        fixture.inCallback(() -> {
            send(path, 0, 10);
            protocol.write("between");
            send(path, 5, 1);
        });
        fixture.inCallback(() -> {
            protocol.tcp().abortConnection();
            assertThat(protocol.tcp().bufferedBytes()).isZero();
            assertThat(fixture.sockets.openFiles()).isZero();
            assertThat(fixture.happened()).as("in the call").isEmpty();
        });
        String reason = ConnectionAborted.INSTANCE.getMessage();
        assertThat(fixture.happened())
                .containsExactly("one not sent: " + reason, "one not sent: " + reason, "P lost ConnectionAborted");
        assertThat(stream.takeSent()).isEqualTo("012");
    }

    @Test
    void aLossTellsOfIt() throws IOException {
        Path path = file("one", "0123456789");
        stream.room(0);
        fixture.inCallback(() -> send(path, 0, 10));
        stream.failWrite(new IOException("EPIPE"));
        fixture.turns(2);
        assertThat(fixture.happened())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("one not sent")
                .contains("EPIPE");
    }

    @Test
    void badPartsAreRefusedInTheCallAndHarmNobody() throws IOException {
        Path path = file("one", "0123456789");
        assertThatThrownBy(() -> protocol.tcp().sendFile(directory.resolve("none"), 0, 0))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none");
        assertThatThrownBy(() -> protocol.tcp().sendFile(directory, 0, 1))
                .isInstanceOf(IOException.class)
                .hasMessage("[" + directory + "] isn't a regular file, and only those can be sent");
        assertThatThrownBy(() -> protocol.tcp().sendFile(path, 5, 6))
                .isInstanceOf(EOFException.class)
                .hasMessage("[" + path + "] has [10] bytes: there are no [6] from [5] on");
        assertThatThrownBy(() -> protocol.tcp().sendFile(path, 11, 1)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> protocol.tcp().sendFile(path, Long.MAX_VALUE, Long.MAX_VALUE))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> protocol.tcp().sendFile(path, -1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not [-1] and [1]");
        assertThatThrownBy(() -> protocol.tcp().sendFile(path, 0, -1)).isInstanceOf(IllegalArgumentException.class);
        fixture.sockets.leaveDescriptors(0);
        assertThatThrownBy(() -> protocol.tcp().sendFile(path, 0, 1)).hasMessage("EMFILE");
        fixture.sockets.leaveDescriptors(10);
        fixture.turn();
        assertThat(stream.takeSent()).isEmpty();
        fixture.inCallback(() -> send(path, 0, 10));
        assertThat(stream.takeSent()).isEqualTo("0123456789");
        assertThat(fixture.happened()).containsExactly("one sent");
    }

    @Test
    void nothingOfAFileIsSentAtOnce() throws IOException {
        Path path = file("one", "0123456789");
        send(path, 10, 0);
        send(path, 11, 0);
        assertThat(fixture.happened()).containsExactly("one sent", "one sent");
        assertThat(protocol.tcp().bufferedBytes()).isZero();
        fixture.turn();
        assertThat(stream.takeWrites()).isEmpty();
    }

    @Test
    void aFileThatShrinksLosesTheConnectionWithAReset() throws IOException {
        Path path = file("one", "0123456789");
        stream.room(3);
        fixture.inCallback(() -> send(path, 0, 10));
        try (RandomAccessFile shrinking = new RandomAccessFile(path.toFile(), "rw")) {
            shrinking.setLength(5);
        }
        stream.room(Long.MAX_VALUE);
        fixture.turns(3);
        assertThat(stream.takeSent()).isEqualTo("01234");
        assertThat(stream.resets()).isTrue();
        assertThat(fixture.happened())
                .satisfiesExactly(
                        told -> assertThat(told)
                                .startsWith("one not sent: the connection was lost: [" + path
                                        + "] was cut off at [5] while it was sent, with [5] bytes to go"),
                        told -> assertThat(told).startsWith("P lost ConnectionLost"));
    }

    @Test
    void whoIsToldMayCallAnything() throws IOException {
        Path path = file("one", "0123456789");
        fixture.inCallback(() -> {
            send(path, 0, 2).thenRun(() -> {
                protocol.write("after all");
                send(path, 2, 2).thenRun(() -> protocol.tcp().loseConnection());
            });
            protocol.write("|");
        });
        fixture.turns(3);
        assertThat(stream.takeSent()).isEqualTo("01|after all23");
        assertThat(fixture.happened()).containsExactly("one sent", "one sent", "P lost ConnectionDone");
    }

    @Test
    void whoIsToldMayAbort() throws IOException {
        Path path = file("one", "0123456789");
        fixture.inCallback(() -> {
            send(path, 0, 2).thenRun(() -> protocol.tcp().abortConnection());
            send(path, 2, 2);
            protocol.write("|");
        });
        fixture.turns(3);
        assertThat(stream.takeSent()).isEqualTo("01");
        assertThat(fixture.happened()).hasSize(3).first().isEqualTo("one sent");
        assertThat(stream.resets()).isTrue();
    }

    @Test
    void anInterruptIsPutOff() throws IOException {
        Path path = file("one", "0123456789");
        fixture.inCallback(() -> {
            send(path, 0, 10);
            Thread.currentThread().interrupt();
        });
        assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        assertThat(stream.takeSent()).isEqualTo("0123456789");
        assertThat(fixture.happened()).containsExactly("one sent");
    }
}
