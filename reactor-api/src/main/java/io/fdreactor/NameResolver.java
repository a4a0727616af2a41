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
     * Begins to look a name up. Called on the reactor's thread, so it must not wait. If it throws, the exception goes
     * to the {@link ExceptionHandler} and the look-up fails.
     *
     * <p>When the result is no longer needed, the stage's {@link CompletionStage#toCompletableFuture} is cancelled. A
     * resolver that wants to be notified of that returns a {@link java.util.concurrent.CompletableFuture}, or a stage
     * that passes the cancellation on.
     *
     * @param host a host name, never an address; in ASCII: a name outside ASCII has the form that {@link java.net.IDN}
     *     gives it
     * @return a stage that completes on any thread, with at least one address, the best first; or exceptionally with
     *     the reason, such as {@link java.net.UnknownHostException}
     */
    CompletionStage<List<InetAddress>> resolve(String host);
}
