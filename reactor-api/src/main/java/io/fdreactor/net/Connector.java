// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.net.InetSocketAddress;

/**
 * A connection attempt that may be repeated, and the connection that it leads to. Belongs to the reactor's thread.
 * Twisted: {@code IConnector}.
 */
public interface Connector {
    /**
     * Begins an attempt, the first one or another.
     *
     * @throws IllegalStateException unless the last attempt has failed or its connection has ended
     */
    void connect();

    /**
     * Cancels an attempt in progress; the factory's {@link ClientFactory#clientConnectionFailed} gets
     * {@link ConnectFailed.Stopped}.
     *
     * @throws IllegalStateException if no attempt is in progress
     */
    void stopConnecting();

    /** Cancels the attempt or closes the connection: {@link #stopConnecting} or {@link Transport#loseConnection}. */
    void disconnect();

    /** {@return the address it connects to; unresolved if it was given by name} From any thread. */
    InetSocketAddress getDestination();
}
