// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

/**
 * Makes protocols for connections that this side opens, and is notified of their progress. Called on the reactor's
 * thread. Twisted: {@code ClientFactory}.
 */
@FunctionalInterface
public interface ClientFactory extends Factory {
    /**
     * An attempt begins. Called from inside {@link Connector#connect} and {@code connectTCP}.
     *
     * @param connector the connector that makes the attempt
     */
    default void startedConnecting(Connector connector) {}

    /**
     * An attempt has failed; {@link Connector#connect} may be called for another.
     *
     * @param connector the connector that made the attempt
     * @param reason a {@link ConnectFailed}
     */
    default void clientConnectionFailed(Connector connector, ConnectFailed reason) {}

    /**
     * An established connection has ended, and its protocol has been notified; {@link Connector#connect} may be called
     * for another.
     *
     * @param connector the connector that made the connection
     * @param reason as the protocol's {@link Protocol#connectionLost} got it
     */
    default void clientConnectionLost(Connector connector, Throwable reason) {}
}
