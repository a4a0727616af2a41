// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Finds the addresses of names, for a reactor: {@link ReactorConfig.Builder#nameResolver}. Twisted:
 * {@code IHostnameResolver}.
 *
 * <p>A resolver that is given to several reactors is called by the threads of all of them.
 */
@FunctionalInterface
public interface NameResolver {
    /**
     * Begins to look a name up. Called on the reactor's thread, so it doesn't wait. What it throws reaches the
     * {@link ExceptionHandler}, and the look-up has failed.
     *
     * <p>When nobody waits for the answer any more, the stage's {@link CompletionStage#toCompletableFuture} is
     * cancelled. A resolver that wants to know answers with a {@link java.util.concurrent.CompletableFuture}, or with a
     * stage that passes the cancelling on.
     *
     * @param host a name, never an address; in ASCII, so one from beyond it is in the form that {@link java.net.IDN}
     *     gives it
     * @return completes on any thread, with at least one address, the best first; or with the reason why there is none,
     *     such as {@link java.net.UnknownHostException}
     */
    CompletionStage<List<InetAddress>> resolve(String host);
}
