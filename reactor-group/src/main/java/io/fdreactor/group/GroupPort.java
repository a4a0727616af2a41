// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.group;

import java.net.SocketAddress;
import java.util.concurrent.CompletionStage;

/** A port that the reactors of a group share. Its methods may be called from any thread. */
public interface GroupPort {
    /** {@return the address it listens on, with the actual port} */
    SocketAddress getHost();

    /** {@return how the connections are distributed to the reactors} */
    AcceptMode acceptMode();

    /**
     * Stops accepting on all reactors; connections that were accepted stay open. Calling it again returns an equal
     * result.
     *
     * @return a stage that completes on a reactor's thread when the port is free again, also if that is because the
     *     group has ended
     */
    CompletionStage<Void> stopListening();
}
