// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.spi;

import io.fdreactor.net.CannotListen;
import io.fdreactor.net.Factory;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import java.util.List;

/**
 * Connections that one reactor accepts and others serve, as a facet: {@code reactor.facet(IReactorHandOver.class)}. All
 * reactors must be of the same backend. Twisted has nothing like it. {@code ReactorGroup} of {@code fdreactor-group} is
 * built on it and is the better choice for most programs. All methods belong to the reactor's thread.
 */
public interface IReactorHandOver {
    /**
     * Makes a receiver: from now on this reactor serves the connections that ports hand over to it.
     *
     * @param factory makes a protocol for each connection, on this reactor's thread
     * @return the receiver, to be given to {@link #listenTCP} of this or other reactors
     */
    ConnectionReceiver receiveTCP(Factory factory);

    /**
     * Listens, as {@link IReactorTCP#listenTCP(int, Factory, ListenOptions)} does, on behalf of receivers: each
     * connection goes to the next receiver in turn, so that their shares are equal. A connection for a receiver that
     * has stopped, or whose reactor has ended, is closed.
     *
     * @param port 0 to 65535; 0 lets the system choose one
     * @param receivers receivers of this reactor or of others; at least one
     * @param options how to listen
     * @return the port, which listens
     * @throws CannotListen with the address and the system's reason
     * @throws IllegalArgumentException if a receiver belongs to a reactor of another backend
     */
    ListeningPort listenTCP(int port, List<? extends ConnectionReceiver> receivers, ListenOptions options)
            throws CannotListen;
}
