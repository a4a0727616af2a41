// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.net.SocketAddress;
import java.util.concurrent.CompletionStage;

/** A port that accepts connections. Twisted: {@code IListeningPort}. Belongs to the reactor's thread. */
public interface ListeningPort {
    /**
     * The address it listens on, with the port that was really taken; the last one once it is stopped. From any
     * thread.
     */
    SocketAddress getHost();

    /**
     * Accepts no more, from now on; connections that were accepted live on.
     *
     * @return completes on the reactor's thread, in a later turn, when the port is free again
     */
    CompletionStage<Void> stopListening();

    /**
     * Listens again after a stop. Does nothing while it listens.
     *
     * @throws CannotListenException if the port is taken by now
     */
    void startListening() throws CannotListenException;
}
