// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What to do with one connection: extend it and override what you need. Twisted: {@code Protocol}.
 *
 * <p>Called in this order, on the reactor's thread: {@link #makeConnection}, which calls
 * {@link #connectionMade}; {@link #dataReceived} any number of times; {@link #connectionLost}, once. What a
 * method throws ends this connection and reaches the reactor's exception handler.
 */
public abstract class Protocol {
    private @Nullable Transport transport;

    /** For subclasses. */
    protected Protocol() {}

    /** The connection is there: keeps the transport and calls {@link #connectionMade}. */
    public void makeConnection(Transport connected) {
        this.transport = connected;
        connectionMade();
    }

    /** The connection is up, and may be written to. */
    public void connectionMade() {}

    /**
     * Some bytes have come, cut anywhere.
     *
     * @param data the bytes from position to limit; they are the reactor's and valid during this call only. What
     *     isn't consumed is not delivered again
     */
    public void dataReceived(ByteBuffer data) {}

    /**
     * The connection is gone. If the peer has ended it, what this protocol had written was sent first, unless it is a
     * {@link HalfCloseableProtocol} and so saw to that itself.
     *
     * @param reason {@link io.fdreactor.ConnectionDone} after a clean end, {@link io.fdreactor.ConnectionLost}
     *     after another, its cause saying why; or what this protocol threw
     */
    public void connectionLost(Throwable reason) {}

    /**
     * The connection's transport.
     *
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
