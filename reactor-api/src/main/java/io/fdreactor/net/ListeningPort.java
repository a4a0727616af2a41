// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.net.SocketAddress;
import java.time.Duration;
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
     * {@link #stopListening}, and then time for the connections that were accepted here to end by themselves. To end a server
     * gracefully, this belongs into a trigger before the shutdown:
     *
     * <pre>{@code
     * reactor.addSystemEventTrigger(EventPhase.BEFORE, IReactorCore.SHUTDOWN, () -> port.drain(Duration.ofSeconds(10)));
     * }</pre>
     *
     * <p>A port that hands its connections over to receivers has none of its own. This default stops listening, no more.
     *
     * @param limit how long the connections have; those that are left then are reset
     * @return completes on the reactor's thread when the port is free and the last connection is gone
     */
    default CompletionStage<Void> drain(Duration limit) {
        return stopListening();
    }

    /**
     * Listens again after a stop. Does nothing while it listens.
     *
     * @throws CannotListenException if the port is taken by now
     */
    void startListening() throws CannotListenException;
}
