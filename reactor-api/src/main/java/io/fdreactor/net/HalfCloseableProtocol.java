// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

/**
 * Implemented by a {@link Protocol} that can go on with one direction when the other has ended. Twisted:
 * {@code IHalfCloseableProtocol}. Without it, the peer's end of input ends the connection.
 */
public interface HalfCloseableProtocol {
    /** The peer will send no more; writing goes on. Call {@link Transport#loseConnection} when done. */
    void readConnectionLost();

    /** What was written has been sent, and this side's end with it ({@link TcpTransport#loseWriteConnection}). */
    void writeConnectionLost();
}
