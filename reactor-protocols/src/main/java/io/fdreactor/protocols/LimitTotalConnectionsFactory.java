// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.net.Factory;
import java.net.SocketAddress;

/** Wraps a factory and limits the number of open connections. Twisted: {@code LimitTotalConnectionsFactory}. */
public class LimitTotalConnectionsFactory extends LimitingFactory {
    private final int limit;
    private int connections;

    /**
     * Creates the wrapper.
     *
     * @param wrapped the factory to wrap
     * @param limit the maximum number of open connections; at least 0
     */
    public LimitTotalConnectionsFactory(Factory wrapped, int limit) {
        super(wrapped);
        this.limit = checkedLimit(limit);
    }

    /** {@return the number of open connections} */
    public final int connections() {
        return connections;
    }

    @Override
    final boolean admits(SocketAddress peer) {
        return connections < limit;
    }

    @Override
    final void connected(SocketAddress peer) {
        connections++;
    }

    @Override
    final void disconnected(SocketAddress peer) {
        connections--;
    }
}
