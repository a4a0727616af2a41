// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

/**
 * Implemented by a {@link Protocol} that continues with one direction when the other has ended. Twisted:
 * {@code IHalfCloseableProtocol}. Without it, the peer's end of input ends the connection.
 */
public interface HalfCloseableProtocol {
    /** The peer will send no more; writing continues. Call {@link Transport#loseConnection} when done. */
    void readConnectionLost();

    /**
     * The bytes that were written have been sent, and this side's output has ended
     * ({@link TcpTransport#loseWriteConnection}).
     */
    void writeConnectionLost();
}
