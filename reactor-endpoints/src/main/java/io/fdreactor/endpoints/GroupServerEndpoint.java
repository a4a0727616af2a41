// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.Reactor;
import io.fdreactor.group.GroupPort;
import io.fdreactor.net.Factory;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Somewhere for the reactors of a group to listen together. */
@FunctionalInterface
public interface GroupServerEndpoint {
    /**
     * Listens; may be called again. From any thread.
     *
     * @param factories called once for each reactor, on its thread; makes what serves the connections there
     * @return the port; or a failure, such as a {@link io.fdreactor.net.CannotListenException}. Completes on a reactor's
     *     thread
     */
    CompletionStage<GroupPort> listen(Function<? super Reactor, ? extends Factory> factories);
}
