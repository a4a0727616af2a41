// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.context;

import io.fdreactor.net.TcpTransport;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A file of random bytes that transports send parts of. Gone with the test; {@link Leaks} knows it by its name. */
public final class SentFile implements AutoCloseable {
    /** How the name begins. */
    public static final String PREFIX = "fdreactor-tck-sent-";

    private final Path path;

    private SentFile(Path path) {
        this.path = path;
    }

    public static SentFile of(int bytes) throws IOException {
        SentFile file = new SentFile(Files.createTempFile(PREFIX, null));
        byte[] some = new byte[64 * 1024];
        Random random = new Random(bytes);
        try (OutputStream output = new BufferedOutputStream(Files.newOutputStream(file.path))) {
            for (int left = bytes; left > 0; left -= some.length) {
                random.nextBytes(some);
                output.write(some, 0, Math.min(left, some.length));
            }
        }
        return file;
    }

    public Path path() {
        return path;
    }

    /** Some of its bytes. */
    public byte[] bytes(int position, int count) throws IOException {
        byte[] bytes = new byte[count];
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(position);
            file.readFully(bytes);
        }
        return bytes;
    }

    public void shrink(long bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(bytes);
        }
    }

    /** Sends a part, from outside of callbacks. */
    public Part send(Recorder sender, long position, long count) {
        Part part = new Part(sender);
        sender.call(transport -> part.watch(modelFiles(transport, position, count)));
        return part;
    }

    private CompletionStage<Void> modelFiles(TcpTransport transport, long position, long count) {
        try {
            return transport.sendFile(path, position, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path);
    }

    /** How the sending of a part goes. It fails if that is told from inside of a call to the transport. */
    public static final class Part {
        private final Recorder sender;
        private boolean done;
        private @Nullable Throwable failure;

        Part(Recorder sender) {
            this.sender = sender;
        }

        private void watch(CompletionStage<Void> modelFiles) {
            boolean[] atOnce = {true};
            modelFiles.whenComplete((nothing, thrown) -> {
                if (!atOnce[0]) {
                    sender.assertOutsideCalls("who waits for a file", "its end");
                }
                done = true;
                failure = thrown;
            });
            atOnce[0] = false;
        }

        /** Whether the stage has completed, one way or the other. */
        public boolean isDone() {
            return done;
        }

        /** Whether all of it was sent. */
        public boolean isSent() {
            return done && failure == null;
        }

        /** Why it wasn't, or null. */
        @Nullable
        public Throwable failure() {
            return failure;
        }
    }
}
