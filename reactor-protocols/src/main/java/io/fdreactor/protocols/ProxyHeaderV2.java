// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;

/**
 * Bytes for programs: a signature of 12, then version and command, family and transport, and in two bytes the length of
 * what follows, which is two addresses and anything else.
 */
final class ProxyHeaderV2 {
    private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};
    private static final int VERSION_AND_COMMAND = SIGNATURE.length;
    private static final int FAMILY_AND_TRANSPORT = VERSION_AND_COMMAND + 1;
    private static final int LENGTH = FAMILY_AND_TRANSPORT + 1;
    private static final int ADDRESSES = LENGTH + 2;

    /** {@code sun_path} in unix(7). */
    private static final int UNIX_PATH_BYTES = 108;

    static final int MAX_KEPT_BYTES = ADDRESSES + 2 * UNIX_PATH_BYTES;

    private static final int VERSION = 2;
    private static final int LOCAL = 0;
    private static final int PROXY = 1;

    /** 0 is unspecified, and what is above these is unassigned: the specification has it rejected. */
    private static final int INET = 1;

    private static final int INET6 = 2;
    private static final int UNIX = 3;
    private static final int STREAM = 1;
    private static final int DATAGRAM = 2;

    private ProxyHeaderV2() {}

    /** The size of the header that begins like this; {@link #MAX_KEPT_BYTES} while it is unknown. */
    static int totalBytes(byte[] header, int size) throws InvalidProxyHeader {
        int last = size - 1;
        if (last < SIGNATURE.length) {
            if (header[last] != SIGNATURE[last]) {
                throw new InvalidProxyHeader("a connection doesn't begin with a PROXY header of version 1 or 2; byte "
                        + last + " is another");
            }
        } else if (last == VERSION_AND_COMMAND) {
            if (header[last] >> 4 != VERSION || (header[last] & 15) > PROXY) {
                throw new InvalidProxyHeader(
                        "a PROXY header has version and command [0x%02x], which isn't 0x20 (LOCAL) or 0x21 (PROXY)"
                                .formatted(header[last]));
            }
        } else if (last == FAMILY_AND_TRANSPORT && command(header) == PROXY) {
            if (family(header) > UNIX || transport(header) > DATAGRAM) {
                throw new InvalidProxyHeader("a PROXY header has family and transport [0x%02x], which isn't assigned"
                        .formatted(header[last]));
            }
        }
        return size < ADDRESSES ? MAX_KEPT_BYTES : ADDRESSES + lengthIn(header);
    }

    private static int lengthIn(byte[] header) {
        return Byte.toUnsignedInt(header[LENGTH]) << Byte.SIZE | Byte.toUnsignedInt(header[LENGTH + 1]);
    }

    private static int command(byte[] header) {
        return header[VERSION_AND_COMMAND] & 15;
    }

    private static int family(byte[] header) {
        return header[FAMILY_AND_TRANSPORT] >> 4 & 15;
    }

    private static int transport(byte[] header) {
        return header[FAMILY_AND_TRANSPORT] & 15;
    }

    /** The addresses, if they are of a stream's connection and the proxy doesn't speak for itself. */
    static ProxyHeader parse(byte[] header, int size) throws InvalidProxyHeader {
        if (command(header) == LOCAL || transport(header) != STREAM) {
            return ProxyHeader.WITHOUT_ADDRESSES;
        }
        ByteBuffer addresses = ByteBuffer.wrap(header, ADDRESSES, size - ADDRESSES);
        return switch (family(header)) {
            case INET -> inet(addresses, 4);
            case INET6 -> inet(addresses, 16);
            case UNIX -> unix(addresses);
            default -> ProxyHeader.WITHOUT_ADDRESSES;
        };
    }

    private static ProxyHeader inet(ByteBuffer addresses, int addressBytes) throws InvalidProxyHeader {
        checkLength(addresses, 2 * (addressBytes + Short.BYTES));
        byte[] source = new byte[addressBytes];
        byte[] destination = new byte[addressBytes];
        addresses.get(source).get(destination);
        return new ProxyHeader(
                new InetSocketAddress(inetAddress(source), Short.toUnsignedInt(addresses.getShort())),
                new InetSocketAddress(inetAddress(destination), Short.toUnsignedInt(addresses.getShort())));
    }

    static InetAddress inetAddress(byte[] address) {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("an address has 4 or 16 bytes, not [" + address.length + "]", e);
        }
    }

    private static ProxyHeader unix(ByteBuffer addresses) throws InvalidProxyHeader {
        checkLength(addresses, 2 * UNIX_PATH_BYTES);
        return new ProxyHeader(unixAddress(addresses), unixAddress(addresses));
    }

    /** Java can't represent an abstract name, which begins with a 0: it becomes an unnamed address. */
    private static SocketAddress unixAddress(ByteBuffer addresses) throws InvalidProxyHeader {
        byte[] path = new byte[UNIX_PATH_BYTES];
        addresses.get(path);
        int length = 0;
        while (length < path.length && path[length] != 0) {
            length++;
        }
        String name = new String(path, 0, length, UTF_8);
        if (!Printable.of(name).equals(name)) {
            // An address ends up in logs, which is no place for it.
            throw new InvalidProxyHeader("a PROXY header has a path with control characters");
        }
        try {
            return UnixDomainSocketAddress.of(name);
        } catch (InvalidPathException e) {
            // Not as a cause: its message has the path as it is.
            throw new InvalidProxyHeader("a PROXY header has a path that isn't one here");
        }
    }

    private static void checkLength(ByteBuffer addresses, int needed) throws InvalidProxyHeader {
        if (addresses.remaining() < needed) {
            throw new InvalidProxyHeader(
                    "a PROXY header has [" + addresses.remaining() + "] bytes for addresses that take " + needed);
        }
    }
}
