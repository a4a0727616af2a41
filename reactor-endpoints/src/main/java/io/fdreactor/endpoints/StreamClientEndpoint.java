// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.net.Factory;
import io.fdreactor.net.Protocol;
import java.util.concurrent.CompletionStage;

/** Somewhere to connect to. Twisted: {@code IStreamClientEndpoint}. */
public interface StreamClientEndpoint {
    /**
     * Makes one attempt to connect; may be called again.
     *
     * @param factory makes the protocol. If it is a {@link io.fdreactor.net.ClientFactory}, that is of no account: how the
     *     attempt goes is the stage's to tell, and how the connection ends the protocol's to hear
     * @return the protocol, once its {@code connectionMade} has returned; or a failure, such as a
     *     {@link io.fdreactor.net.ConnectFailed}. Completes on the reactor's thread.
     *     {@code toCompletableFuture().cancel(…)} on it, from any thread, gives the attempt up; on a stage that was made
     *     of it, by {@code whenComplete} for instance, it doesn't
     */
    CompletionStage<Protocol> connect(Factory factory);
}
