// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.spi;

import io.fdreactor.net.CannotListenException;
import io.fdreactor.net.Factory;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.ListenOptions;
import io.fdreactor.net.ListeningPort;
import java.util.List;

/**
 * Connections that one reactor accepts and others serve, as a facet: {@code reactor.facet(IReactorHandOver.class)}. The
 * reactors are of one backend. Twisted has nothing like it. {@code ReactorGroup} of {@code fdreactor-group} is built on it, and
 * is what most programs want. All methods belong to the reactor's thread.
 */
public interface IReactorHandOver {
    /**
     * From now on this reactor serves what the ports that know this receiver hand over to it.
     *
     * @param factory makes a protocol for each connection, on this reactor's thread
     */
    ConnectionReceiver receiveTCP(Factory factory);

    /**
     * Listens, as {@link IReactorTCP#listenTCP(int, Factory, ListenOptions)} does, for others: each connection goes to the
     * next receiver, so that their shares are equal. One whose receiver has stopped, or whose reactor has ended, is closed.
     *
     * @param receivers of this reactor or of others; at least one
     * @throws CannotListenException with the address and the system's reason
     * @throws IllegalArgumentException if a receiver belongs to a reactor of another backend
     */
    ListeningPort listenTCP(int port, List<? extends ConnectionReceiver> receivers, ListenOptions options)
            throws CannotListenException;
}
