// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.Reactor;
import io.fdreactor.group.GroupPort;
import io.fdreactor.net.Factory;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** An address on which the reactors of a group listen together. */
@FunctionalInterface
public interface GroupServerEndpoint {
    /**
     * Starts to listen; may be called again. From any thread.
     *
     * @param factories called once for each reactor, on its thread; returns the factory for the connections there
     * @return a stage that completes on a reactor's thread with the port, or with a failure such as a
     *     {@link io.fdreactor.net.CannotListen}
     */
    CompletionStage<GroupPort> listen(Function<? super Reactor, ? extends Factory> factories);
}
