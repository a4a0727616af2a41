// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * This side has reset the connection because there was no room for the bytes that were written and that the peer has
 * not taken. Twisted has none: it buffers without a limit.
 *
 * @see io.fdreactor.net.TcpOptions#maxBufferedBytes
 * @see ReactorConfig#maxBufferedBytes
 */
public final class ConnectionBufferFull extends ConnectionLost {
    private static final long serialVersionUID = 1;

    /** The shared instance for a JVM that has no direct memory left. */
    public static final ConnectionBufferFull OUT_OF_MEMORY =
            new ConnectionBufferFull("no direct memory is left to read or write with: see -XX:MaxDirectMemorySize and"
                    + " ReactorConfig.maxBufferedBytes");

    private ConnectionBufferFull(String message) {
        super("FDR-CONNECTION-BUFFER-FULL", message, null);
    }

    /**
     * Makes the exception for the maximum of one connection.
     *
     * @param bufferedBytes the number of bytes that were buffered
     * @param writtenBytes the number of bytes that were to be added
     * @param maxBytes the maximum of buffered bytes
     * @return the exception
     */
    public static ConnectionBufferFull ofConnection(long bufferedBytes, long writtenBytes, long maxBytes) {
        return new ConnectionBufferFull("[" + bufferedBytes + "] bytes are buffered, and [" + writtenBytes
                + "] more exceed the maximum of [" + maxBytes
                + "]: write as fast as the peer reads, with registerProducer, or set TcpOptions.maxBufferedBytes");
    }

    /**
     * Makes the exception for the maximum of all connections of a reactor.
     *
     * @param writtenBytes the number of bytes that were to be added
     * @param maxBytes the maximum of buffered bytes of all connections together
     * @return the exception
     */
    public static ConnectionBufferFull ofReactor(long writtenBytes, long maxBytes) {
        return new ConnectionBufferFull("[" + writtenBytes + "] bytes were written, and the reactor's connections have"
                + " buffered the maximum of [" + maxBytes
                + "] in all: lower TcpOptions.maxBufferedBytes, or set ReactorConfig.maxBufferedBytes");
    }
}
