// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.net.Factory;
import io.fdreactor.net.Protocol;
import java.util.concurrent.CompletionStage;

/** An address to connect to. Belongs to the reactor's thread. Twisted: {@code IStreamClientEndpoint}. */
public interface StreamClientEndpoint {
    /**
     * Makes one attempt to connect; may be called again.
     *
     * @param factory makes the protocol. The methods of a {@link io.fdreactor.net.ClientFactory} are not called: the
     *     stage reports the attempt's outcome, and the protocol is notified of the connection's end
     * @return a stage that completes on the reactor's thread with the protocol, once its {@code connectionMade} has
     *     returned, or with a failure such as a {@link io.fdreactor.net.ConnectFailed}.
     *     {@code toCompletableFuture().cancel(…)} on it, from any thread, cancels the attempt; on a dependent stage,
     *     such as that of {@code whenComplete}, it doesn't
     */
    CompletionStage<Protocol> connect(Factory factory);
}
