// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Makes a protocol for each connection. Twisted: {@code Factory}. */
@FunctionalInterface
public interface Factory {
    /**
     * A connection is there; who is to serve it?
     *
     * @param peer the other side's address
     * @return a protocol that serves no other connection, or null to close this one at once
     */
    @Nullable
    Protocol buildProtocol(SocketAddress peer);

    /**
     * The factory that this one is a wrapper of. A reactor starts and stops the wrapped factory by itself, once, however
     * many wrappers of it are in use: a wrapper doesn't pass {@link #startFactory} and {@link #stopFactory} on. Asked
     * when the reactor begins to use this factory.
     *
     * @return null, unless overridden
     */
    default @Nullable Factory wrappedFactory() {
        return null;
    }

    /**
     * Called before the first port or connector of a reactor uses this factory or a wrapper of it. If it throws, the port
     * or connector isn't opened.
     */
    default void startFactory() {}

    /** Called after the last port or connector of a reactor has done with this factory and all wrappers of it. */
    default void stopFactory() {}
}
