// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.core.observe.SafeText;
import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets;
import io.fdreactor.core.spi.Sockets.OpenFile;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A part of a file that waits to be sent, and what was written after it. The file is open until this is complete or dropped. */
final class FileSegment {
    /**
     * How much goes in a turn: enough to make a turn's own cost small, and little enough for others not to notice, even
     * if it has to come from a disk.
     */
    static final int TURN_BYTES = 256 * 1024;

    private final Path path;
    private final WriteQueue behind;
    private final CompletableFuture<Void> sent = new CompletableFuture<>();
    private @Nullable OpenFile file;
    private long position;
    private long left;

    /** The file that was written next; {@link SendQueue}'s. */
    @Nullable
    FileSegment next;

    /** A part that isn't open yet. */
    FileSegment(Path path, long position, long count, WriteQueue behind) {
        this.path = path;
        this.position = position;
        this.left = count;
        this.behind = behind;
    }

    /** @throws IOException if there is no such part of a regular file */
    static void check(Path path, long position, long count) throws IOException {
        if (position < 0 || count < 0) {
            throw new IllegalArgumentException("a part of [" + SafeText.of(path)
                    + "] has a position and a count of at least 0, not [" + position + "] and [" + count + "]");
        }
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IOException("[" + SafeText.of(path) + "] isn't a regular file, and only those can be sent");
        }
        if (count > 0 && count > attributes.size() - position) {
            throw new EOFException("[" + SafeText.of(path) + "] has [" + attributes.size() + "] bytes: there are no ["
                    + count + "] from [" + position + "] on");
        }
    }

    /** Opens it, once it was checked. The last that can fail: nothing is called once the file is open. */
    void open(Sockets sockets) throws IOException {
        file = sockets.openFile(path);
    }

    long left() {
        return left;
    }

    /** What was written after it. */
    WriteQueue behind() {
        return behind;
    }

    /** Completes when it is sent or dropped. The future itself, since a copy would wrap the reason. */
    CompletionStage<Void> sent() {
        return sent;
    }

    /**
     * Sends some of it, in one call.
     *
     * @return how many bytes the kernel has taken
     */
    int writeTo(StreamSocket socket, IoBuffer spare) throws IOException {
        OpenFile from = file;
        if (from == null) {
            throw new AssertionError("[" + SafeText.of(path) + "] isn't open");
        }
        int offered = (int) Math.min(left, TURN_BYTES);
        int written = socket.writeFrom(from, position, offered, spare);
        if (written < 0) {
            throw new EOFException("[" + SafeText.of(path) + "] was cut off at [" + position
                    + "] while it was sent, with [" + left + "] bytes to go");
        }
        if (written > offered) {
            throw new IOException("the socket says that it has taken [" + written + "] of [" + offered + "] bytes");
        }
        position += written;
        left -= written;
        return written;
    }

    /** All of it is sent. What was written after it is not. */
    void complete() {
        close();
        sent.complete(null);
    }

    /** Nothing of it is sent any more, nor what was written after it. Who waits for it hears of it by {@link #fail}. */
    void drop() {
        close();
        behind.clear();
    }

    private void close() {
        if (file != null) {
            file.close();
        }
    }

    void fail(Throwable reason) {
        sent.completeExceptionally(reason);
    }
}
