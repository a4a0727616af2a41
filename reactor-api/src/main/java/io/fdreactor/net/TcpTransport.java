// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.io.IOException;

/** A TCP connection. Twisted: {@code ITCPTransport}. Belongs to the reactor's thread. */
public interface TcpTransport extends Transport {
    /**
     * Sends what was written and then this side's end; reading goes on. The protocol hears of it by
     * {@link HalfCloseableProtocol#writeConnectionLost}. Later writes are dropped.
     */
    void loseWriteConnection();

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
