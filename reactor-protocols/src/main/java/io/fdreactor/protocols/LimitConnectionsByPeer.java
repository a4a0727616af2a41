// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import io.fdreactor.net.Factory;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * Wraps a factory and limits the number of open connections from each address, regardless of the port. Behind a
 * {@link ProxyProtocolFactory} this is the address that the proxy reports. Twisted: {@code LimitConnectionsByPeer}.
 */
public class LimitConnectionsByPeer extends LimitingFactory {
    private final int limit;

    /** Those with at least one; no memory of others. */
    private final Map<Object, Integer> connections = new HashMap<>();

    /**
     * Creates the wrapper.
     *
     * @param wrapped the factory to wrap
     * @param limit the maximum number of open connections from one address; at least 0
     */
    public LimitConnectionsByPeer(Factory wrapped, int limit) {
        super(wrapped);
        this.limit = checkedLimit(limit);
    }

    /**
     * Counts the open connections from a peer's address.
     *
     * @param peer the peer's address; its port is ignored
     * @return the number of open connections
     */
    public final int connections(SocketAddress peer) {
        return connections.getOrDefault(key(peer), 0);
    }

    private static Object key(SocketAddress peer) {
        InetAddress address = peer instanceof InetSocketAddress inet ? inet.getAddress() : null;
        if (address instanceof Inet6Address inet6 && inet6.getScopeId() != 0) {
            return inet6.getHostAddress(); // Addresses that differ in their scopes alone are equal.
        }
        return address == null ? peer : address;
    }

    @Override
    final boolean admits(SocketAddress peer) {
        return connections(peer) < limit;
    }

    @Override
    final void connected(SocketAddress peer) {
        connections.merge(key(peer), 1, Integer::sum);
    }

    @Override
    final void disconnected(SocketAddress peer) {
        connections.computeIfPresent(key(peer), (address, count) -> count == 1 ? null : count - 1);
    }
}
