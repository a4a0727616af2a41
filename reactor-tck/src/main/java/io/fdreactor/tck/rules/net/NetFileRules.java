// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.rules.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fdreactor.Capability;
import io.fdreactor.net.Producer;
import io.fdreactor.net.TcpOptions;
import io.fdreactor.tck.context.NetFixtures;
import io.fdreactor.tck.context.Recorder;
import io.fdreactor.tck.context.SentFile;
import io.fdreactor.tck.context.TckContext;
import io.fdreactor.tck.contract.Requires;
import io.fdreactor.tck.contract.Rule;
import io.fdreactor.tck.fixture.End;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.function.Executable;

/** NET, part ten: files. */
public abstract class NetFileRules {
    private static final int MANY_BYTES = 64 << 20;

    /** More than the kernel takes at once. */
    private static final int MUCH = 16 << 20;

    private static final int FEW = 1000;

    @Rule("NET-26")
    @Requires(Capability.TCP)
    void filesArriveWholeWhereTheyWereWritten(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck);
                SentFile big = SentFile.of(MANY_BYTES);
                SentFile small = SentFile.of(FEW)) {
            Recorder server = new Recorder(tck, "server");
            // Small enough for the kernel to take parts of what it is offered, and not so small that it dawdles.
            End client = net.serve(TcpOptions.DEFAULT.withSendBufferBytes(64 * 1024), server);
            MessageDigest expected = sha256();
            server.write("before");
            expected.update("before".getBytes(StandardCharsets.US_ASCII));
            big.send(server, 0, MANY_BYTES);
            for (int at = 0; at < MANY_BYTES; at += MUCH) {
                expected.update(big.bytes(at, MUCH));
            }
            server.write("between");
            expected.update("between".getBytes(StandardCharsets.US_ASCII));
            small.send(server, 100, 300);
            expected.update(small.bytes(100, 300));
            SentFile.Part last = small.send(server, 0, FEW);
            expected.update(small.bytes(0, FEW));
            server.write("after");
            expected.update("after".getBytes(StandardCharsets.US_ASCII));
            server.call(transport -> transport.loseConnection());
            Thread reader = tck.start("reader", () -> assertReceives(client, expected));
            tck.turnsUntil("all is sent", server::isLost);
            tck.join(reader);
            assertTrue(last.isSent(), "expected: the stage of the last file completes; seen: it doesn't");
            server.assertTold("makeConnection", "made", "lost ConnectionDone");
        }
    }

    private static MessageDigest sha256() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256");
    }

    /** Reads in small bites to the end. */
    private static void assertReceives(End client, MessageDigest expected)
            throws IOException, NoSuchAlgorithmException {
        MessageDigest received = sha256();
        ByteBuffer bytes = ByteBuffer.allocate(5_000);
        client.awaitReadable();
        for (int read = client.read(bytes); read >= 0; read = client.read(bytes)) {
            received.update(bytes.flip());
            bytes.clear();
            client.awaitReadable();
        }
        assertEquals(
                HexFormat.of().formatHex(expected.digest()),
                HexFormat.of().formatHex(received.digest()),
                "expected: bytes and files as they were written, in that order");
    }

    @Rule("NET-26")
    @Requires(Capability.TCP)
    void whatIsLeftOfAFileCountsAndHoldsAProducerBack(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck);
                SentFile file = SentFile.of(MUCH)) {
            Recorder stuck = new Recorder(tck, "stuck");
            Recorder other = new Recorder(tck, "other");
            End silent = net.serve(stuck);
            End lively = net.serve(other);
            Source source = new Source();
            stuck.tcp().registerProducer(source, true);
            SentFile.Part part = file.send(stuck, 0, MUCH);
            assertEquals(MUCH, stuck.tcp().bufferedBytes(), "expected: a file counts as buffered");
            tck.turnsUntil("the producer is paused", () -> source.paused);
            tck.turns(20);
            assertFalse(part.isDone(), "expected: the stage waits until the kernel has taken all; seen: it doesn't");
            assertTrue(stuck.tcp().bufferedBytes() > 0, "expected: the kernel takes only so much; seen: all");
            lively.send("a");
            tck.turnsUntil("others are served", () -> other.hasHeard("data"));
            tck.assertSleeps("with a file whose receiver doesn't read");
            Thread reader = tck.start("reader", () -> silent.drain(MUCH));
            tck.turnsUntil("the stage completes", part::isDone);
            assertTrue(part.isSent(), () -> "expected: all is sent; seen: " + part.failure());
            tck.turnsUntil("the producer is resumed", () -> !source.paused);
            tck.join(reader);
        }
    }

    /** Remembers what it was told last. */
    private static final class Source implements Producer {
        private boolean paused;

        @Override
        public void pauseProducing() {
            paused = true;
        }

        @Override
        public void resumeProducing() {
            paused = false;
        }

        @Override
        public void stopProducing() {}
    }

    @Rule("NET-27")
    @Requires(Capability.TCP)
    void loseConnectionSendsTheFile(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck);
                SentFile file = SentFile.of(MUCH)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server);
            SentFile.Part part = file.send(server, 0, MUCH);
            server.call(transport -> transport.loseConnection());
            SentFile.Part late = file.send(server, 0, FEW);
            assertNotNull(late.failure(), "expected: a file after the end is dropped, and its stage fails");
            Thread reader = tck.start("reader", () -> {
                client.drain(MUCH);
                client.awaitReadable();
                assertEquals(-1, client.read(ByteBuffer.allocate(1)), "expected: the end, after the file");
            });
            tck.turnsUntil("the connection ends", server::isLost);
            tck.join(reader);
            assertTrue(part.isSent(), () -> "expected: the file is sent before the end; seen: " + part.failure());
            server.assertTold("makeConnection", "made", "lost ConnectionDone");
        }
    }

    @Rule("NET-27")
    @Requires(Capability.TCP)
    void anEndBeforeTheFilesIsToldAndTheFileClosed(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck);
                SentFile file = SentFile.of(MUCH)) {
            Recorder aborting = new Recorder(tck, "aborting");
            Recorder aborted = new Recorder(tck, "aborted");
            net.serve(aborting);
            End impatient = net.serve(aborted);
            SentFile.Part first = file.send(aborting, 0, MUCH);
            SentFile.Part second = file.send(aborting, 0, FEW);
            SentFile.Part third = file.send(aborted, 0, MUCH);
            tck.turns(5);
            aborting.call(transport -> transport.abortConnection());
            assertEquals(0, aborting.tcp().bufferedBytes(), "expected: what wasn't sent is dropped");
            impatient.abort();
            tck.turnsUntil("both connections end", () -> aborting.isLost() && aborted.isLost());
            assertSame(aborting.reason(), first.failure(), "what the first file's stage fails with");
            assertSame(aborting.reason(), second.failure(), "what the second file's stage fails with");
            assertSame(aborted.reason(), third.failure(), "what the stage fails with when the peer aborts");
        }
    }

    @Rule("NET-27")
    @Requires(Capability.TCP)
    void theReactorsEndClosesTheFile(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck);
                SentFile file = SentFile.of(MUCH)) {
            Recorder server = new Recorder(tck, "server");
            net.serve(server);
            SentFile.Part part = file.send(server, 0, MUCH);
            tck.turns(5);
            tck.reactor().close();
            assertSame(server.reason(), part.failure(), "what the stage fails with at the reactor's end");
        }
    }

    @Rule("NET-28")
    @Requires(Capability.TCP)
    void badPartsAreRefusedAndNothingIsSent(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck);
                SentFile file = SentFile.of(FEW)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server);
            Path missing = file.path().resolveSibling(SentFile.PREFIX + "missing");
            server.call(transport -> {
                assertRefused(missing, NoSuchFileException.class, () -> transport.sendFile(missing, 0, 1));
                Path directory = missing.resolveSibling("");
                assertRefused(directory, IOException.class, () -> transport.sendFile(directory, 0, 1));
                Path path = file.path();
                assertRefused(path, IOException.class, () -> transport.sendFile(path, 0, FEW + 1));
                assertRefused(path, IOException.class, () -> transport.sendFile(path, FEW, 1));
                assertRefused(path, IOException.class, () -> transport.sendFile(path, Long.MAX_VALUE, Long.MAX_VALUE));
                assertRefused(path, IllegalArgumentException.class, () -> transport.sendFile(path, -1, 1));
                assertRefused(path, IllegalArgumentException.class, () -> transport.sendFile(path, 0, -1));
            });
            assertEquals(0, server.tcp().bufferedBytes(), "expected: nothing is queued of what was refused");
            tck.turns(3);
            SentFile.Part nothing = file.send(server, FEW, 0);
            assertTrue(nothing.isSent(), "expected: the stage for no bytes is complete; seen: it isn't");
            SentFile.Part all = file.send(server, 0, FEW);
            tck.turnsUntil("the connection goes on", all::isSent);
            client.drain(FEW);
            assertEquals("", client.receive(), "expected: the one file that was sent, and no more");
        }
    }

    private static void assertRefused(Path culprit, Class<? extends Exception> expected, Executable call) {
        Exception refusal = assertThrows(expected, call, () -> "expected: [" + culprit + "] is refused in the call");
        assertTrue(
                String.valueOf(refusal.getMessage()).contains(culprit.toString()),
                () -> "expected: a message with the file's name; seen: " + refusal.getMessage());
    }

    @Rule("NET-29")
    @Requires(Capability.TCP)
    void aFileThatShrinksIsNotTakenForWhole(TckContext tck) throws Exception {
        try (NetFixtures net = new NetFixtures(tck);
                SentFile file = SentFile.of(MUCH)) {
            Recorder server = new Recorder(tck, "server");
            End client = net.serve(server);
            SentFile.Part part = file.send(server, 0, MUCH);
            server.call(transport -> transport.loseConnection());
            tck.turns(20);
            assertFalse(part.isDone(), "expected: the kernel takes only so much; seen: all");
            file.shrink(FEW);
            AtomicBoolean cleanEnd = new AtomicBoolean();
            Thread reader = tck.start("reader", () -> cleanEnd.set(endsCleanly(client)));
            tck.turnsUntil("the connection ends, on both sides", () -> server.isLost() && !reader.isAlive());
            tck.join(reader);
            assertNotNull(part.failure(), "expected: the stage fails");
            assertSame(server.reason(), part.failure(), "what the stage fails with");
            server.assertTold("makeConnection", "made", "lost ConnectionLost");
            assertTrue(
                    String.valueOf(part.failure()).contains(file.path().toString()),
                    () -> "expected: a reason with the file's name; seen: " + part.failure());
            assertFalse(cleanEnd.get(), "expected: the peer sees a reset; seen: a clean end, as if that were all");
        }
    }

    private static boolean endsCleanly(End client) {
        ByteBuffer bytes = ByteBuffer.allocate(FEW);
        try {
            do {
                client.awaitReadable();
            } while (client.read(bytes.clear()) >= 0);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
