// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/** A TCP connection. Twisted: {@code ITCPTransport}. Belongs to the reactor's thread. */
public interface TcpTransport extends Transport {
    /**
     * Sends what was written and then this side's end; reading goes on. The protocol hears of it by
     * {@link HalfCloseableProtocol#writeConnectionLost}. Later writes are dropped.
     */
    void loseWriteConnection();

    /**
     * Sends a part of a file, after all written before it and ahead of all written later. Twisted: {@code FileSender}.
     * The bytes don't pass through the heap, nor through this process at all where the system can do without
     * (sendfile(2)). A big file is sent a part a turn, so that others have theirs.
     *
     * <p>The file is opened and looked at in the call, and read when its turn comes: leave it alone until then. What is
     * left of it counts as {@link #bufferedBytes}, although it takes no memory, since whatever is written has to wait
     * for it: so a producer is paused as after any other large write. {@link #loseConnection} and
     * {@link #loseWriteConnection} wait for it, {@link #abortConnection} doesn't. Once writes are dropped, so is this: the
     * file isn't looked at, and the stage has failed with {@link io.fdreactor.ConnectionLost}.
     *
     * <p>A file that turns out to be shorter by then, or can't be read, loses the connection with a reset, for the peer
     * must not take a part for the whole; the reason's cause says what has happened.
     *
     * @param position where in the file to begin, in bytes
     * @param count how many bytes; 0 sends nothing, and the stage is complete at once
     * @return completes on the reactor's thread when the kernel has taken the last byte; or with the reason that
     *     {@link Protocol#connectionLost} gets, just before it does, if the connection is lost before
     * @throws IOException if there is no such file, it isn't a regular file, can't be opened, or ends before the part does;
     *     nothing is sent then, and the connection goes on
     * @throws IllegalArgumentException if the position or the count is negative
     */
    CompletionStage<Void> sendFile(Path file, long position, long count) throws IOException;

    /** Whether small writes are sent at once: TCP_NODELAY in tcp(7). */
    boolean getTcpNoDelay() throws IOException;

    /** Sets TCP_NODELAY. */
    void setTcpNoDelay(boolean enabled) throws IOException;

    /** Whether a silent peer is probed: SO_KEEPALIVE in socket(7). */
    boolean getTcpKeepAlive() throws IOException;

    /** Sets SO_KEEPALIVE. */
    void setTcpKeepAlive(boolean enabled) throws IOException;

    /** The deadlines that were set last: {@link TcpOptions#deadlines} if no others were. */
    Deadlines getDeadlines();

    /**
     * Sets all deadlines anew, so that a server can allow one time for a request and another between two. Those that
     * limit what the connection does at this moment count from now. One for the handshake means nothing once the peer's
     * first byte has come. After the connection was lost this does nothing.
     */
    void setDeadlines(Deadlines deadlines);
}
