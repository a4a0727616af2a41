// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.net.Factory;
import io.fdreactor.net.ListeningPort;
import java.util.concurrent.CompletionStage;

/** An address to listen on. Belongs to the reactor's thread. Twisted: {@code IStreamServerEndpoint}. */
public interface StreamServerEndpoint {
    /**
     * Starts to listen; may be called again.
     *
     * @param factory makes a protocol for each connection
     * @return a stage that completes on the reactor's thread, perhaps before this returns, with the port, or with a
     *     failure such as a {@link io.fdreactor.net.CannotListen}
     */
    CompletionStage<ListeningPort> listen(Factory factory);
}
