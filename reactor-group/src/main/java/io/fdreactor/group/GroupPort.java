// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.group;

import java.net.SocketAddress;
import java.util.concurrent.CompletionStage;

/** A port that the reactors of a group share. Its methods may be called from any thread. */
public interface GroupPort {
    /** The address it listens on, with the port that was really taken. */
    SocketAddress getHost();

    /** How the connections come to the reactors. */
    AcceptMode acceptMode();

    /**
     * Accepts no more, on any reactor; connections that were accepted live on. A second time answers the same.
     *
     * @return completes on a reactor's thread when the port is free again, also if that is because the group has ended
     */
    CompletionStage<Void> stopListening();
}
