// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

/** Makes protocols for connections that this side opens, and hears how that goes. Twisted: {@code ClientFactory}. */
@FunctionalInterface
public interface ClientFactory extends Factory {
    /** An attempt begins. Called from inside {@link Connector#connect} and {@code connectTCP}. */
    default void startedConnecting(Connector connector) {}

    /**
     * An attempt has failed; {@link Connector#connect} may be called for another.
     *
     * @param reason a {@link ConnectFailed}
     */
    default void clientConnectionFailed(Connector connector, ConnectFailed reason) {}

    /**
     * A connection that was made is gone, and its protocol knows; {@link Connector#connect} may be called for
     * another.
     *
     * @param reason as the protocol's {@link Protocol#connectionLost} got it
     */
    default void clientConnectionLost(Connector connector, Throwable reason) {}
}
