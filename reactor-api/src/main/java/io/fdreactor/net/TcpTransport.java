// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/** A TCP connection. Twisted: {@code ITCPTransport}. Belongs to the reactor's thread. */
public interface TcpTransport extends Transport {
    /**
     * Sends what was written and then ends this side's output (a half-close); reading continues.
     * {@link HalfCloseableProtocol#writeConnectionLost} is called when that is done. Later writes are dropped.
     */
    void loseWriteConnection();

    /**
     * Sends a part of a file, after everything that was written before and ahead of everything written later. Twisted:
     * {@code FileSender}. The bytes don't pass through the heap, and not through this process at all where the system
     * supports it (sendfile(2)). A large file is sent in several turns, so that other connections are served in
     * between.
     *
     * <p>The file is opened and checked in the call, and read later: don't change it until the stage completes. The
     * bytes that are not sent yet count as {@link #bufferedBytes}, although they take no memory, because later writes
     * have to wait for them: a producer is paused as after any other large write. {@link #loseConnection} and
     * {@link #loseWriteConnection} wait for the file, {@link #abortConnection} doesn't. Where writes are dropped, the
     * file is ignored too, and the stage fails with {@link io.fdreactor.ConnectionLost}.
     *
     * <p>If the file has become shorter or can't be read, the connection is reset, so that the peer does not take a
     * part for the whole; the reason's cause says what happened.
     *
     * @param file a regular file
     * @param position where in the file to begin, in bytes
     * @param count the number of bytes; 0 sends nothing, and the stage is complete at once
     * @return a stage that completes on the reactor's thread when the kernel has taken the last byte; if the connection
     *     ends before, it fails with the reason that {@link Protocol#connectionLost} gets, just before that call
     * @throws IOException if the file does not exist, is not a regular file, can't be opened, or ends before the part
     *     does; nothing is sent then, and the connection stays open
     * @throws IllegalArgumentException if the position or the count is negative
     */
    CompletionStage<Void> sendFile(Path file, long position, long count) throws IOException;

    /**
     * Tells whether small writes are sent at once: TCP_NODELAY in tcp(7).
     *
     * @return true if Nagle's algorithm is off
     * @throws IOException if the system refuses
     */
    boolean getTcpNoDelay() throws IOException;

    /**
     * Sets TCP_NODELAY.
     *
     * @param enabled true to send small writes at once
     * @throws IOException if the system refuses
     */
    void setTcpNoDelay(boolean enabled) throws IOException;

    /**
     * Tells whether the system probes a silent peer: SO_KEEPALIVE in socket(7).
     *
     * @return true if it does
     * @throws IOException if the system refuses
     */
    boolean getTcpKeepAlive() throws IOException;

    /**
     * Sets SO_KEEPALIVE.
     *
     * @param enabled true to probe a silent peer
     * @throws IOException if the system refuses
     */
    void setTcpKeepAlive(boolean enabled) throws IOException;

    /** {@return the deadlines that were set last, or {@link TcpOptions#deadlines} if none were} */
    Deadlines getDeadlines();

    /**
     * Replaces all deadlines, so that a server can allow one time for a request and another between two requests. The
     * deadlines that limit what the connection does at this moment count from now. A handshake deadline has no effect
     * once the peer's first byte has arrived. Does nothing after the connection was closed.
     *
     * @param deadlines the new deadlines, not null
     */
    void setDeadlines(Deadlines deadlines);
}
