// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A header in text form: {@code PROXY TCP4 192.0.2.1 198.51.100.2 56324 443} and CRLF. As the specification requires:
 * one space between the parts, no number with a leading zero, at most 107 bytes.
 */
final class ProxyHeaderV1 {
    static final int MAX_BYTES = 107;
    static final byte FIRST_BYTE = 'P';

    private static final byte[] START = "PROXY ".getBytes(ISO_8859_1);
    private static final Pattern UNKNOWN = Pattern.compile("UNKNOWN( .*)?", Pattern.DOTALL);
    private static final Pattern TCP =
            Pattern.compile("TCP([46]) ([0-9a-fA-F:.]+) ([0-9a-fA-F:.]+) (\\d{1,5}) (\\d{1,5})");
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    private ProxyHeaderV1() {}

    /** Whether the last of these bytes ends the line. */
    static boolean isComplete(byte[] header, int size) throws InvalidProxyHeader {
        int last = size - 1;
        if (last < START.length && header[last] != START[last]) {
            throw new InvalidProxyHeader("a PROXY header begins with [PROXY ]; byte " + last + " is another");
        }
        if (header[last] == '\n') {
            if (header[last - 1] != '\r') {
                throw new InvalidProxyHeader("a PROXY header ends with CRLF, not with LF alone");
            }
            return true;
        }
        if (last > 0 && header[last - 1] == '\r') {
            throw new InvalidProxyHeader("a PROXY header has a CR that no LF follows");
        }
        if (size == MAX_BYTES) {
            throw new InvalidProxyHeader("a PROXY header is longer than [" + MAX_BYTES + "] bytes");
        }
        return false;
    }

    static ProxyHeader parse(byte[] header, int size) throws InvalidProxyHeader {
        String line = new String(header, START.length, size - START.length - 2, ISO_8859_1);
        if (UNKNOWN.matcher(line).matches()) {
            return ProxyHeader.WITHOUT_ADDRESSES;
        }
        Matcher words = TCP.matcher(line);
        if (!words.matches()) {
            throw malformed(line, "it isn't UNKNOWN, or TCP4 or TCP6 and two addresses and two ports");
        }
        boolean ipv4 = words.group(1).equals("4");
        return new ProxyHeader(
                address(line, words.group(2), words.group(4), ipv4),
                address(line, words.group(3), words.group(5), ipv4));
    }

    private static InetSocketAddress address(String line, String host, String port, boolean ipv4)
            throws InvalidProxyHeader {
        InetAddress address = ipv4 ? ipv4(line, host) : ipv6(line, host);
        return new InetSocketAddress(address, number(line, port, 65535));
    }

    private static InetAddress ipv4(String line, String host) throws InvalidProxyHeader {
        Matcher parts = IPV4.matcher(host);
        if (!parts.matches()) {
            throw malformed(line, "[" + host + "] is no IPv4 address");
        }
        byte[] address = new byte[4];
        for (int i = 0; i < address.length; i++) {
            address[i] = (byte) number(line, parts.group(i + 1), 255);
        }
        return ProxyHeaderV2.inetAddress(address);
    }

    private static InetAddress ipv6(String line, String host) throws InvalidProxyHeader {
        // What begins like this and has a colon is taken for a literal, and is never looked up.
        if (host.charAt(0) == '.' || host.indexOf(':') < 0) {
            throw malformed(line, "[" + host + "] is no IPv6 address");
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw malformed(line, "[" + host + "] is no IPv6 address");
        }
    }

    private static int number(String line, String digits, int most) throws InvalidProxyHeader {
        int number = Integer.parseInt(digits);
        if (number > most || digits.length() > 1 && digits.charAt(0) == '0') {
            throw malformed(line, "[" + digits + "] isn't a number from 0 to " + most + " without leading zeros");
        }
        return number;
    }

    /** Input may end up in a log, so characters that aren't printable are replaced. */
    private static InvalidProxyHeader malformed(String line, String problem) {
        return new InvalidProxyHeader(
                "a PROXY header can't be read: " + Printable.ascii(problem + ", in [PROXY " + line + "]"));
    }
}
