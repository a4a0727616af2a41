// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.names;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * In what order a name's addresses are tried: RFC 8305, section 4, which builds on RFC 6724.
 *
 * <p>Where getaddrinfo(3) has sorted them, the JDK has sorted them again, IPv4 first, unless its property
 * {@code java.net.preferIPv6Addresses} says something else. Each family's own order is the system's still, so what is
 * left to find is which family comes first: that is decided by the precedence of its best address (RFC 6724, rule 6).
 * The rules before that one need to know which address a connection would come from. They would put off an address that
 * there is no route to; that costs nothing, since trying it fails at once, and the next one's turn comes then.
 */
public final class AddressOrder {
    /** Set, it says which family the user wants first. */
    private static final String JDK_ORDER = "java.net.preferIPv6Addresses";

    private static final int PRECEDENCE_OF_IPV4 = 35;

    private AddressOrder() {}

    /** The JDK's answer, in the system's order as far as that can be told. */
    static List<InetAddress> bestFamilyFirst(List<InetAddress> found) {
        return System.getProperty(JDK_ORDER) == null ? byPrecedenceOfFamily(found) : found;
    }

    static List<InetAddress> byPrecedenceOfFamily(List<InetAddress> found) {
        Deque<InetAddress> four = family(found, true);
        Deque<InetAddress> six = family(found, false);
        boolean sixFirst = !six.isEmpty() && precedence(six.element()) > PRECEDENCE_OF_IPV4;
        List<InetAddress> ordered = new ArrayList<>(sixFirst ? six : four);
        ordered.addAll(sixFirst ? four : six);
        return ordered;
    }

    /**
     * One of each family in turn, beginning with the family of the first, so that a family which doesn't work costs one
     * delay and not one for each of its addresses. Each address once.
     */
    public static List<InetAddress> interleaved(List<InetAddress> sorted) {
        if (sorted.isEmpty()) {
            return sorted;
        }
        boolean fourFirst = isFour(sorted.get(0));
        Deque<InetAddress> turn = family(sorted, fourFirst);
        Deque<InetAddress> other = family(sorted, !fourFirst);
        List<InetAddress> ordered = new ArrayList<>();
        while (!turn.isEmpty()) {
            ordered.add(turn.remove());
            if (!other.isEmpty()) {
                Deque<InetAddress> next = other;
                other = turn;
                turn = next;
            }
        }
        return ordered;
    }

    /** Those that can be reached from this local address: the ones of its family. */
    public static List<InetAddress> ofFamily(InetAddress local, List<InetAddress> addresses) {
        return List.copyOf(family(addresses, isFour(local)));
    }

    private static Deque<InetAddress> family(Collection<InetAddress> addresses, boolean four) {
        Deque<InetAddress> family = new ArrayDeque<>();
        Set<Scoped> seen = new HashSet<>();
        for (InetAddress address : addresses) {
            if (isFour(address) == four && seen.add(Scoped.of(address))) {
                family.add(address);
            }
        }
        return family;
    }

    /** An address as what tells it from others. {@link Inet6Address} leaves the scope out when it compares. */
    private record Scoped(InetAddress address, int scope) {
        static Scoped of(InetAddress address) {
            return new Scoped(address, address instanceof Inet6Address six ? six.getScopeId() : 0);
        }
    }

    private static boolean isFour(InetAddress address) {
        return address instanceof Inet4Address;
    }

    /** The default policy table of RFC 6724, section 2.1, for an IPv6 address. */
    private static int precedence(InetAddress six) {
        byte[] bytes = six.getAddress();
        int first = (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        if (six.isLoopbackAddress()) {
            return 50;
        }
        if (first == 0x2002) { // 6to4
            return 30;
        }
        if (first == 0x2001 && bytes[2] == 0 && bytes[3] == 0) { // Teredo
            return 5;
        }
        if ((first & 0xfe00) == 0xfc00) { // unique local
            return 3;
        }
        if (six.isSiteLocalAddress() || first == 0x3ffe || isCompatible(bytes)) { // no longer in use
            return 1;
        }
        return 40;
    }

    /** An IPv4 address with zeros before it. */
    private static boolean isCompatible(byte[] bytes) {
        for (int i = 0; i < 12; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
