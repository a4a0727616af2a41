// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * One value of an endpoint string. Each method that can't convert the value throws an {@link InvalidEndpoint}
 * that points at it.
 */
public final class EndpointArgument {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,10}");
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

    /** Four numbers from 0 to 255: any others would be looked up as a name. */
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

    /** What begins so that it is never looked up, with the name of an interface behind a %. */
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*(%[^\\p{C}\\s/]+)?");

    private static final Pattern NUMBERS_AND_DOTS = Pattern.compile("[0-9.]+");

    /** None of what only an URL has, or what is neither in a name nor in an address. */
    private static final Pattern NAME = Pattern.compile("[^\\p{C}\\p{Z}\\s/?#@:\\\\\\[\\]]+");

    private final String endpoint;
    private final String key;
    private final String value;
    private final int start;
    private final int end;

    EndpointArgument(String endpoint, String key, String value, int start, int end) {
        this.endpoint = endpoint;
        this.key = key;
        this.value = value;
        this.start = start;
        this.end = end;
    }

    /** {@return the value without escapes and brackets} */
    public String text() {
        return value;
    }

    /**
     * Converts the value to a whole number.
     *
     * @param least the smallest valid number
     * @param most the largest valid number
     * @return the number
     * @throws InvalidEndpoint if it is not a number in this range
     */
    public int number(int least, int most) {
        if (NUMBER.matcher(value).matches()) {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return (int) number;
            }
        }
        throw wrong("is a number from " + least + " to " + most);
    }

    /**
     * Converts {@code yes} or {@code true}, {@code no} or {@code false}.
     *
     * @return true or false
     * @throws InvalidEndpoint if it is none of these
     */
    public boolean flag() {
        return switch (value) {
            case "yes", "true" -> true;
            case "no", "false" -> false;
            default -> throw wrong("is yes or no");
        };
    }

    /**
     * Converts a positive number of seconds, such as {@code 5} or {@code 0.25}.
     *
     * @return the duration
     * @throws InvalidEndpoint if it is not such a number
     */
    public Duration seconds() {
        if (DECIMAL.matcher(value).matches()) {
            BigDecimal seconds = new BigDecimal(value);
            if (seconds.signum() > 0) {
                return Duration.ofNanos(seconds.movePointRight(9).longValueExact());
            }
        }
        throw wrong("is a number of seconds above 0, such as 5 or 0.25");
    }

    /**
     * Converts an IPv4 or IPv6 address; never looks up a name.
     *
     * @return the address
     * @throws InvalidEndpoint if it is not an address
     */
    public InetAddress address() {
        if (IPV4.matcher(value).matches() || IPV6.matcher(value).matches()) {
            try {
                return InetAddress.getByName(value);
            } catch (UnknownHostException e) {
                // No address, or one with a scope that isn't here.
            }
        }
        throw wrong("is an IPv4 or IPv6 address, such as 127.0.0.1 or [::1]");
    }

    /**
     * Checks for a host name, or an IPv4 or IPv6 address; the name isn't looked up here.
     *
     * @return the name or address
     * @throws InvalidEndpoint if it is neither
     */
    public String host() {
        if (value.startsWith("//")) {
            throw isUrl();
        }
        boolean address = IPV4.matcher(value).matches() || IPV6.matcher(value).matches();
        if (!address && !NAME.matcher(value).matches()) {
            throw wrong("is a name or an address");
        }
        if (!address && NUMBERS_AND_DOTS.matcher(value).matches()) {
            throw wrong("is a name or an address, such as 192.0.2.1");
        }
        return value;
    }

    /** For a port and a host: an URL has slashes where these are expected. */
    private InvalidEndpoint isUrl() {
        String rest = value.substring(2);
        return wrong("comes without slashes, since an endpoint isn't a URL: write tcp:"
                + (rest.isEmpty() ? "…" : Printable.of(rest)));
    }

    /** A whole number, or an error that says so if the string is a URL. */
    int port(int least) {
        if (value.startsWith("//")) {
            throw isUrl();
        }
        return number(least, 65535);
    }

    /**
     * Makes an exception that points at this value.
     *
     * @param rule what the value should have been, as in {@code "is yes or no"}
     * @return the exception, to be thrown
     */
    public InvalidEndpoint wrong(String rule) {
        return new InvalidEndpoint(endpoint, start, end, key + " " + rule + ", not [" + Printable.of(value) + "]");
    }
}
