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

    /** Four numbers and dots, or what begins so that it is never looked up, with the name of an interface behind a %. */
    private static final Pattern ADDRESS =
            Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*(%.+)?");

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
        if (ADDRESS.matcher(value).matches()) {
            try {
                return InetAddress.getByName(value);
            } catch (UnknownHostException e) {
                // No address, or one with a scope that isn't here.
            }
        }
        throw wrong("is an IPv4 or IPv6 address, such as 127.0.0.1 or [::1]");
    }

    /**
     * An error that points here.
     *
     * @param rule what the value should have been, as in {@code "is yes or no"}
     */
    public EndpointSyntaxException wrong(String rule) {
        return new EndpointSyntaxException(endpoint, start, end, key + " " + rule + ", not [" + value + "]");
    }
}
