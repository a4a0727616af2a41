// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

/**
 * TCP, as a facet: {@code reactor.facet(IReactorTCP.class)}. Twisted: {@code IReactorTCP}. All methods belong to
 * the reactor's thread.
 */
public interface IReactorTCP {
    /**
     * Listens, at once.
     *
     * @param port 0 to 65535; 0 lets the system pick one, which {@link ListeningPort#getHost} tells
     * @throws CannotListenException with the address and the system's reason
     */
    ListeningPort listenTCP(int port, Factory factory, ListenOptions options) throws CannotListenException;

    /** As {@link #listenTCP(int, Factory, ListenOptions)}, with {@link ListenOptions#DEFAULT}. */
    default ListeningPort listenTCP(int port, Factory factory) throws CannotListenException {
        return listenTCP(port, factory, ListenOptions.DEFAULT);
    }

    /**
     * Connects, in later turns. Every failure but a bad argument comes through
     * {@link ClientFactory#clientConnectionFailed}, once.
     *
     * @param host a name or an address
     * @param port 1 to 65535
     */
    Connector connectTCP(String host, int port, ClientFactory factory, ConnectOptions options);

    /** As {@link #connectTCP(String, int, ClientFactory, ConnectOptions)}, with {@link ConnectOptions#DEFAULT}. */
    default Connector connectTCP(String host, int port, ClientFactory factory) {
        return connectTCP(host, port, factory, ConnectOptions.DEFAULT);
    }
}
