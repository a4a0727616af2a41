// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Handles one connection: extend this class and override what you need. Twisted: {@code Protocol}.
 *
 * <p>The methods are called in this order, on the reactor's thread: {@link #makeConnection}, which calls
 * {@link #connectionMade}; {@link #dataReceived} any number of times; {@link #connectionLost} once. If a method throws,
 * this connection ends and the exception goes to the reactor's exception handler.
 */
public abstract class Protocol {
    private @Nullable Transport transport;

    /** For subclasses. */
    protected Protocol() {}

    /**
     * The connection is established: keeps the transport and calls {@link #connectionMade}.
     *
     * @param connected the connection's transport, not null
     */
    public void makeConnection(Transport connected) {
        this.transport = connected;
        connectionMade();
    }

    /** The connection is established and may be written to. */
    public void connectionMade() {}

    /**
     * Bytes have arrived. Their boundaries mean nothing: a message may come in several calls, and several messages in
     * one.
     *
     * @param data the bytes from position to limit; they are the reactor's and valid during this call only. Bytes that
     *     are not consumed are not delivered again
     */
    public void dataReceived(ByteBuffer data) {}

    /**
     * The connection is closed. If the peer has ended it, the bytes that this protocol had written were sent first,
     * except for a {@link HalfCloseableProtocol}, which has to ensure that itself.
     *
     * @param reason {@link io.fdreactor.ConnectionDone} after a clean end, {@link io.fdreactor.ConnectionLost} after
     *     another end, with the reason as its cause; or the exception that this protocol threw
     */
    public void connectionLost(Throwable reason) {}

    /**
     * Returns the connection's transport.
     *
     * @return the transport, never null
     * @throws IllegalStateException before {@link #makeConnection}
     */
    protected final Transport transport() {
        Transport connected = transport;
        if (connected == null) {
            throw new IllegalStateException("[" + getClass().getName()
                    + "] has no transport before makeConnection; use it from connectionMade on");
        }
        return connected;
    }
}
