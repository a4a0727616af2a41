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
 * Wraps a factory and admits so many connections at a time from each address, whatever its ports. Behind a
 * {@link ProxyProtocolFactory} that is the address that the proxy tells. Twisted: {@code LimitConnectionsByPeer}.
 */
public class LimitConnectionsByPeer extends LimitingFactory {
    private final int limit;

    /** Those with at least one; no memory of others. */
    private final Map<Object, Integer> connections = new HashMap<>();

    /**
     * @param limit how many connections there may be from one address at a time; at least 0
     */
    public LimitConnectionsByPeer(Factory wrapped, int limit) {
        super(wrapped);
        this.limit = checkedLimit(limit);
    }

    /** How many there are from this peer's address. */
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
