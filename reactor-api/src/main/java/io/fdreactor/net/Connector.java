// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.net.InetSocketAddress;

/** One side of a connection that is to be made, is being made or was made. Twisted: {@code IConnector}. */
public interface Connector {
    /**
     * Tries (again).
     *
     * @throws IllegalStateException unless the last attempt has failed or its connection is lost
     */
    void connect();

    /**
     * Gives up an attempt that is under way; the factory hears of it with {@link ConnectFailed.Stopped}.
     *
     * @throws IllegalStateException if no attempt is under way
     */
    void stopConnecting();

    /** Gives up or closes, whichever it takes: {@link #stopConnecting} or {@link Transport#loseConnection}. */
    void disconnect();

    /** Where it connects to; unresolved if it was given by name. From any thread. */
    InetSocketAddress getDestination();
}
