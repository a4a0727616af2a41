// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static io.fdreactor.posix.libc.Linux.AF_INET;
import static io.fdreactor.posix.libc.Linux.AF_INET6;

import io.fdreactor.internal.Printable;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;

/**
 * Room for one address as the kernel writes it: {@code sockaddr_in} of ip(7) or {@code sockaddr_in6} of ipv6(7),
 * and its length beside it. Ports and addresses are in network order, the family and the scope in the machine's.
 */
final class SockAddr {
    private static final int FAMILY = 0;
    private static final int PORT = 2;
    private static final int INET_ADDRESS = 4;
    private static final int INET_SIZE = 16;
    private static final int INET6_FLOW = 4;
    private static final int INET6_ADDRESS = 8;
    private static final int INET6_SCOPE = 24;
    private static final int INET6_SIZE = 28;

    private final DirectMemory memory = DirectMemory.allocate(INET6_SIZE);
    private final DirectMemory length = DirectMemory.allocate(4);

    /** The family that an address wants its socket to be of. */
    static int familyOf(InetAddress address) {
        return address instanceof Inet6Address ? AF_INET6 : AF_INET;
    }

    /** Takes an address, as a socket of that family wants it. */
    SockAddr put(InetSocketAddress address, int family) throws IOException {
        InetAddress host = address.getAddress();
        if (host == null) {
            throw new UnknownHostException("[" + Printable.text(address.getHostString()) + "] has no address");
        }
        if (family == AF_INET) {
            memory.bytes().put(INET_ADDRESS, inet(host)).putLong(INET_SIZE - 8, 0);
            length.bytes().putInt(0, INET_SIZE);
        } else {
            memory.bytes()
                    .putInt(INET6_FLOW, 0)
                    .put(INET6_ADDRESS, inet6(host))
                    .putInt(INET6_SCOPE, host instanceof Inet6Address inet6 ? inet6.getScopeId() : 0);
            length.bytes().putInt(0, INET6_SIZE);
        }
        int port = address.getPort();
        memory.bytes()
                .putShort(FAMILY, (short) family)
                .put(PORT, (byte) (port >> 8))
                .put(PORT + 1, (byte) port);
        return this;
    }

    private static byte[] inet(InetAddress host) throws SocketException {
        if (host instanceof Inet4Address) {
            return host.getAddress();
        }
        if (host.isAnyLocalAddress()) {
            return new byte[4];
        }
        throw new SocketException("[" + host.getHostAddress() + "] is no address for an IPv4 socket");
    }

    /** An IPv4 address as IPv6 maps it (RFC 4291, 2.5.5.2), but none as none. */
    private static byte[] inet6(InetAddress host) {
        byte[] address = host.getAddress();
        if (address.length == 16 || host.isAnyLocalAddress()) {
            return address.length == 16 ? address : new byte[16];
        }
        byte[] mapped = new byte[16];
        mapped[10] = -1;
        mapped[11] = -1;
        System.arraycopy(address, 0, mapped, 12, 4);
        return mapped;
    }

    /** Makes room for what a call is to write. */
    SockAddr clear() {
        length.bytes().putInt(0, memory.size());
        return this;
    }

    /** What was put, or what the kernel has written. */
    InetSocketAddress get() throws IOException {
        int family = memory.bytes().getShort(FAMILY);
        int port = memory.bytes().get(PORT) << 8 & 0xff00 | memory.bytes().get(PORT + 1) & 0xff;
        byte[] host = new byte[family == AF_INET ? 4 : 16];
        switch (family) {
            case AF_INET -> {
                memory.bytes().get(INET_ADDRESS, host);
                return new InetSocketAddress(InetAddress.getByAddress(host), port);
            }
            case AF_INET6 -> {
                memory.bytes().get(INET6_ADDRESS, host);
                int scope = memory.bytes().getInt(INET6_SCOPE);
                // A mapped IPv4 address comes out as such; a scope of 0 is none.
                InetAddress address =
                        scope == 0 ? InetAddress.getByAddress(host) : Inet6Address.getByAddress(null, host, scope);
                return new InetSocketAddress(address, port);
            }
            default -> throw new SocketException("[" + family + "] is no address family of the internet's");
        }
    }

    long address() {
        return memory.address();
    }

    /** Where the length is, for calls that change it. */
    long lengthAddress() {
        return length.address();
    }

    /** The length. */
    int length() {
        return length.bytes().getInt(0);
    }
}
