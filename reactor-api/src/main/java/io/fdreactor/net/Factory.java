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

    /** Called before the first port or connector of a reactor uses this factory. */
    default void startFactory() {}

    /** Called after the last port or connector of a reactor has done with this factory. */
    default void stopFactory() {}
}
