// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has to send: bytes, and parts of files between them, in the order in which they came.
 *
 * <p>The bytes before the first file are the head; each file has those that follow it, which become the head when it is
 * sent. A connection that sends no files has nothing but a head.
 */
final class SendQueue {
    private final TcpReactor tcp;
    private WriteQueue head;
    /** Where bytes go: the head, or what is behind the last file. */
    private WriteQueue tail;

    /** Made small: most connections send none. */
    private final Deque<FileSegment> files = new ArrayDeque<>(0);

    private @Nullable FileSegment sent;
    private long bytes;

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

    /** Copies all of the data, and moves its position to its limit. */
    void append(ByteBuffer data) {
        bytes += data.remaining();
        tail.append(data);
    }

    /** @return completes when the kernel has taken it, or with the reason that {@link #fail} gets */
    CompletionStage<Void> append(Path path, long position, long count) throws IOException {
        FileSegment.check(path, position, count);
        if (count == 0) {
            return CompletableFuture.completedStage(null);
        }
        FileSegment file = FileSegment.open(tcp.sockets(), path, position, count, tcp.newWriteQueue());
        files.add(file);
        tail = file.behind();
        bytes += count;
        return file.sent();
    }

    /**
     * Offers what comes next to the kernel, in one call. If that was the last of a file, {@link #tellSent} is due.
     *
     * @return whether to go on within this turn: the kernel took all it was offered, and no file goes on
     */
    boolean writeTo(StreamSocket socket) throws IOException {
        FileSegment file = files.peek();
        if (file == null || !head.isEmpty()) {
            long before = head.bytes();
            boolean all = head.writeTo(socket);
            bytes -= before - head.bytes();
            return all;
        }
        try {
            bytes -= file.writeTo(socket, spare());
        } catch (IOException e) {
            // The peer must not take what it has got for the whole.
            socket.resetOnClose();
            throw e;
        }
        if (file.left() > 0) {
            return false;
        }
        files.remove();
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

    /** The reactor's buffer for reading: nothing is being read while something is sent. */
    private IoBuffer spare() {
        IoBuffer buffer = tcp.readBuffer();
        buffer.bytes().clear();
        return buffer;
    }

    /** Forgets what isn't sent. */
    void clear() {
        head.clear();
        files.forEach(FileSegment::drop);
        bytes = 0;
    }

    /** Tells those who wait for files that were cleared. */
    void fail(Throwable reason) {
        files.forEach(file -> file.fail(reason));
    }
}
