// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.net.Factory;
import io.fdreactor.net.ListeningPort;
import java.util.concurrent.CompletionStage;

/** Somewhere to listen. Twisted: {@code IStreamServerEndpoint}. */
public interface StreamServerEndpoint {
    /**
     * Listens; may be called again.
     *
     * @param factory makes a protocol for each connection
     * @return the port; or a failure, such as a {@link io.fdreactor.net.CannotListenException}. Completes on the reactor's
     *     thread, perhaps before this returns
     */
    CompletionStage<ListeningPort> listen(Factory factory);
}
