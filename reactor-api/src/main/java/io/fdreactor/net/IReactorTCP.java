// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

/**
 * TCP, as a facet: {@code reactor.facet(IReactorTCP.class)}. Twisted: {@code IReactorTCP}. All methods belong to
 * the reactor's thread.
 */
public interface IReactorTCP {
    /**
     * Starts to listen at once.
     *
     * @param port 0 to 65535; 0 lets the system choose one, which {@link ListeningPort#getHost} returns
     * @param factory makes a protocol for each accepted connection
     * @param options how to listen
     * @return the port, which listens
     * @throws CannotListen with the address and the system's reason
     */
    ListeningPort listenTCP(int port, Factory factory, ListenOptions options) throws CannotListen;

    /**
     * Does what {@link #listenTCP(int, Factory, ListenOptions)} does, with {@link ListenOptions#DEFAULT}.
     *
     * @param port 0 to 65535; 0 lets the system choose one, which {@link ListeningPort#getHost} returns
     * @param factory makes a protocol for each accepted connection
     * @return the port, which listens
     * @throws CannotListen with the address and the system's reason
     */
    default ListeningPort listenTCP(int port, Factory factory) throws CannotListen {
        return listenTCP(port, factory, ListenOptions.DEFAULT);
    }

    /**
     * Begins to connect; the attempt takes place in later turns. Every failure except an invalid argument is passed to
     * {@link ClientFactory#clientConnectionFailed}, once.
     *
     * @param host a host name or an IP address
     * @param port 1 to 65535
     * @param factory makes the protocol and is notified of failures
     * @param options how to connect
     * @return the connector, to stop or to repeat the attempt
     */
    Connector connectTCP(String host, int port, ClientFactory factory, ConnectOptions options);

    /**
     * Does what {@link #connectTCP(String, int, ClientFactory, ConnectOptions)} does, with
     * {@link ConnectOptions#DEFAULT}.
     *
     * @param host a host name or an IP address
     * @param port 1 to 65535
     * @param factory makes the protocol and is notified of failures
     * @return the connector, to stop or to repeat the attempt
     */
    default Connector connectTCP(String host, int port, ClientFactory factory) {
        return connectTCP(host, port, factory, ConnectOptions.DEFAULT);
    }
}
