// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.net.Factory;
import java.net.SocketAddress;

/** Wraps a factory and admits so many connections at a time. Twisted: {@code LimitTotalConnectionsFactory}. */
public class LimitTotalConnectionsFactory extends LimitingFactory {
    private final int limit;
    private int connections;

    /**
     * @param limit how many connections there may be at a time; at least 0
     */
    public LimitTotalConnectionsFactory(Factory wrapped, int limit) {
        super(wrapped);
        this.limit = checkedLimit(limit);
    }

    /** How many there are. */
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
