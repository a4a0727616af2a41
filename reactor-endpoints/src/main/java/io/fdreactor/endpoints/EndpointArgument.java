// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.regex.Pattern;

/** One value of an endpoint string. Each question that it can't answer ends in an error that points at it. */
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

    /** Without escapes and brackets. */
    public String text() {
        return value;
    }

    /** A whole number, from the one to the other. */
    public int number(int least, int most) {
        if (NUMBER.matcher(value).matches()) {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return (int) number;
            }
        }
        throw wrong("is a number from " + least + " to " + most);
    }

    /** {@code yes} or {@code no}; {@code true} or {@code false}. */
    public boolean flag() {
        return switch (value) {
            case "yes", "true" -> true;
            case "no", "false" -> false;
            default -> throw wrong("is yes or no");
        };
    }

    /** Seconds, more than none: {@code 5}, {@code 0.25}. */
    public Duration seconds() {
        if (DECIMAL.matcher(value).matches()) {
            BigDecimal seconds = new BigDecimal(value);
            if (seconds.signum() > 0) {
                return Duration.ofNanos(seconds.movePointRight(9).longValueExact());
            }
        }
        throw wrong("is a number of seconds above 0, such as 5 or 0.25");
    }

    /** An IPv4 or IPv6 address; never looked up. */
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

    /** A name, or an IPv4 or IPv6 address; it isn't looked up here. */
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
    private EndpointSyntaxException isUrl() {
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
     * An error that points here.
     *
     * @param rule what the value should have been, as in {@code "is yes or no"}
     */
    public EndpointSyntaxException wrong(String rule) {
        return new EndpointSyntaxException(
                endpoint, start, end, key + " " + rule + ", not [" + Printable.of(value) + "]");
    }
}
