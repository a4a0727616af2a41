// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A port that accepts connections. Twisted: {@code IListeningPort}. Belongs to the reactor's thread. */
public interface ListeningPort {
    /** {@return the address it listens on, with the actual port; after a stop, the last one} From any thread. */
    SocketAddress getHost();

    /**
     * Stops accepting connections at once; connections that were accepted stay open.
     *
     * @return a stage that completes on the reactor's thread, in a later turn, when the port is free again
     */
    CompletionStage<Void> stopListening();

    /**
     * Does what {@link #stopListening} does, and then gives the accepted connections time to end by themselves. To end
     * a server gracefully, call this in a trigger before the shutdown:
     *
     * <pre>{@code
     * reactor.addSystemEventTrigger(
     *         EventPhase.BEFORE, IReactorCore.SHUTDOWN, () -> port.drain(Duration.ofSeconds(10)));
     * }</pre>
     *
     * <p>A port that hands its connections over to receivers has none of its own. This default only stops listening.
     *
     * @param limit the longest time that the connections have; those that are still open then are reset
     * @return a stage that completes on the reactor's thread when the port is free and the last connection has ended
     */
    default CompletionStage<Void> drain(Duration limit) {
        return stopListening();
    }

    /**
     * Listens again after a stop. Does nothing while it listens.
     *
     * @throws CannotListen if the port is in use by now
     */
    void startListening() throws CannotListen;
}
