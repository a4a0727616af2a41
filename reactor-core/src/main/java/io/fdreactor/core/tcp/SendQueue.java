// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.ConnectionBufferFull;
import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has to send: bytes, and parts of files between them, in the order in which they came.
 *
 * <p>The bytes before the first file are the head; each file has those that follow it, which become the head when it is
 * sent. A connection that sends no files has nothing but a head.
 *
 * <p>An append has happened or it hasn't: what can throw comes first, and then fields change without a call. The files are
 * a list of their own for that reason.
 */
final class SendQueue {
    private final TcpReactor tcp;
    private WriteQueue head;
    /** Where bytes go: the head, or what is behind the last file. */
    private WriteQueue tail;

    private @Nullable FileSegment firstFile;
    private @Nullable FileSegment lastFile;

    /** A file that is sent and not yet completed. */
    private @Nullable FileSegment sent;

    private long bytes;
    private long fileBytes;

    SendQueue(TcpReactor tcp) {
        this.tcp = tcp;
        this.head = tcp.newWriteQueue();
        this.tail = head;
    }

    boolean isEmpty() {
        return bytes == 0;
    }

    /** Of files, too. */
    long bytes() {
        return bytes;
    }

    /** Those that memory is held for: files are left out. */
    long heldBytes() {
        return bytes - fileBytes;
    }

    /**
     * Copies all of the data, and moves its position to its limit; or throws, and nothing has changed.
     *
     * @throws BufferPool.Exhausted if there is no memory for it
     */
    void append(ByteBuffer data) {
        int length = data.remaining();
        tail.append(data);
        bytes += length;
    }

    /** @return completes when the kernel has taken it, or with the reason that {@link #fail} gets */
    CompletionStage<Void> append(Path path, long position, long count) throws IOException {
        FileSegment.check(path, position, count);
        if (count == 0) {
            return CompletableFuture.completedStage(null);
        }
        WriteQueue behind = tcp.newWriteQueue();
        FileSegment file = new FileSegment(path, position, count, behind);
        CompletionStage<Void> stage = file.sent();
        file.open(tcp.sockets());
        if (lastFile == null) {
            firstFile = file;
        } else {
            lastFile.next = file;
        }
        lastFile = file;
        tail = behind;
        bytes += count;
        fileBytes += count;
        return stage;
    }

    /**
     * Offers what comes next to the kernel, in one call. If that was the last of a file, {@link #tellSent} is due.
     *
     * @return whether to go on within this turn: the kernel took all it was offered, and no file goes on
     */
    boolean writeTo(StreamSocket socket) throws IOException {
        FileSegment file = firstFile;
        if (file == null || !head.isEmpty()) {
            long before = head.bytes();
            boolean all = head.writeTo(socket);
            bytes -= before - head.bytes();
            return all;
        }
        try {
            int written = file.writeTo(socket, spare());
            bytes -= written;
            fileBytes -= written;
        } catch (IOException e) {
            // The peer must not take what it has got for the whole.
            socket.resetOnClose();
            throw e;
        }
        if (file.left() > 0) {
            return false;
        }
        firstFile = file.next;
        if (firstFile == null) {
            lastFile = null;
        }
        head = file.behind();
        sent = file;
        return true;
    }

    /** Tells those who wait for the file that has just been sent, if one has; they may call anything. */
    void tellSent() {
        FileSegment file = sent;
        if (file != null) {
            sent = null;
            file.complete();
        }
    }

    /** Why an append of this many bytes has found no memory. */
    ConnectionBufferFull whyExhausted(long length) {
        BufferPool pool = tcp.pool();
        return pool.isAtMaximum()
                ? ConnectionBufferFull.ofReactor(length, pool.maxBytes())
                : ConnectionBufferFull.OUT_OF_MEMORY;
    }

    /** The reactor's buffer for reading: nothing is being read while something is sent. */
    private IoBuffer spare() throws IOException {
        IoBuffer buffer;
        try {
            buffer = tcp.readBuffer();
        } catch (BufferPool.Exhausted e) {
            throw ConnectionBufferFull.OUT_OF_MEMORY;
        }
        buffer.bytes().clear();
        return buffer;
    }

    /** Forgets what isn't sent. May be called again after it was stopped half-way. */
    void clear() {
        bytes = 0;
        fileBytes = 0;
        head.clear();
        for (FileSegment file = firstFile; file != null; file = file.next) {
            file.drop();
        }
    }

    /** Tells those who wait for files that were cleared. */
    void fail(Throwable reason) {
        tellSent();
        FileSegment file = firstFile;
        firstFile = null;
        lastFile = null;
        for (; file != null; file = file.next) {
            file.fail(reason);
        }
    }
}
