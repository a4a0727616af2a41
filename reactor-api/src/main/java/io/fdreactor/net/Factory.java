// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Makes a protocol for each connection. Twisted: {@code Factory}. */
@FunctionalInterface
public interface Factory {
    /**
     * A connection was established: makes the protocol for it. Called on the reactor's thread.
     *
     * @param peer the other side's address
     * @return a new protocol that serves no other connection, or null to close this one at once
     */
    @Nullable
    Protocol buildProtocol(SocketAddress peer);

    /**
     * Returns the factory that this one wraps. A reactor starts and stops the wrapped factory itself, once, even if
     * several wrappers of it are in use; a wrapper doesn't pass {@link #startFactory} and {@link #stopFactory} on.
     * Called when the reactor begins to use this factory.
     *
     * @return the wrapped factory; null, the default, if there is none
     */
    default @Nullable Factory wrappedFactory() {
        return null;
    }

    /**
     * Called on the reactor's thread before the first port or connector of a reactor uses this factory or a wrapper of
     * it. If it throws, the port or connector isn't opened.
     */
    default void startFactory() {}

    /**
     * Called on the reactor's thread when the last port or connector of a reactor no longer uses this factory or any
     * wrapper of it.
     */
    default void stopFactory() {}
}
