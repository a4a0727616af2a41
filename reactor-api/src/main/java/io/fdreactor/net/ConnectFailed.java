// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import io.fdreactor.HasErrorCode;
import io.fdreactor.internal.Printable;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A connection could not be established. The subclasses stand for known reasons, this class for any other. The cause is
 * the system's error, if there is one. Twisted: {@code ConnectError}.
 */
public class ConnectFailed extends IOException implements HasErrorCode {
    private static final long serialVersionUID = 1;

    /** The code. */
    private final String code;

    /**
     * Creates an exception for a reason without a class of its own.
     *
     * @param destination the host and port, for the message
     * @param cause the system's error, or null
     */
    public ConnectFailed(String destination, @Nullable Throwable cause) {
        this("FDR-CONNECT-FAILED", "can't connect to [" + destination + "]", cause);
    }

    private ConnectFailed(String code, String message, @Nullable Throwable cause) {
        super(Printable.text(message + (cause == null ? "" : ": " + why(cause))) + " [" + code + "]", cause);
        this.code = code;
    }

    private ConnectFailed(String code, List<ConnectFailed> reasons, String message) {
        super(Printable.text(message + ": " + texts(reasons)) + " [" + code + "]", reasons.get(0));
        this.code = code;
        reasons.stream().skip(1).forEach(this::addSuppressed);
    }

    private static String texts(List<ConnectFailed> reasons) {
        return reasons.stream().map(ConnectFailed::textWithoutCode).collect(Collectors.joining("; "));
    }

    private String textWithoutCode() {
        String text = String.valueOf(getMessage());
        return text.substring(0, text.length() - " []".length() - code.length());
    }

    /**
     * Makes the exception for a name of which no address can be reached. The message names each address; the first
     * one's exception is the cause, the others are suppressed. The class is the one that all exceptions have in common,
     * ignoring {@link NoRoute}: an address of a family that this machine has no connection to says nothing about the
     * others.
     *
     * @param destination the host and port, for the message
     * @param reasons one exception for each address that was tried, at least one; a single one is returned itself
     * @return the exception
     */
    public static ConnectFailed atEveryAddress(String destination, List<ConnectFailed> reasons) {
        if (reasons.size() == 1) {
            return reasons.get(0);
        }
        List<Class<?>> kinds = reasons.stream()
                .<Class<?>>map(ConnectFailed::getClass)
                .filter(kind -> kind != NoRoute.class)
                .distinct()
                .toList();
        if (kinds.isEmpty()) {
            return new NoRoute(destination, reasons);
        }
        if (kinds.equals(List.of(Refused.class))) {
            return new Refused(destination, reasons);
        }
        if (kinds.equals(List.of(TimedOut.class))) {
            return new TimedOut(destination, reasons);
        }
        if (kinds.equals(List.of(BindFailed.class))) {
            return new BindFailed(destination, reasons);
        }
        return new ConnectFailed("FDR-CONNECT-FAILED", reasons, "can't connect to [" + destination + "]");
    }

    /** Returns the cause's message, or its string form if it has none. */
    static String why(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isEmpty() ? cause.toString() : message;
    }

    @Override
    public final String code() {
        return code;
    }

    /** Nothing listens at the address: ECONNREFUSED. Twisted: {@code ConnectionRefusedError}. */
    public static final class Refused extends ConnectFailed {
        private static final long serialVersionUID = 1;

        /**
         * Creates the exception.
         *
         * @param destination the host and port, for the message
         * @param cause the system's error, or null
         */
        public Refused(String destination, @Nullable Throwable cause) {
            super("FDR-CONNECT-REFUSED", "nobody listens on [" + destination + "]", cause);
        }

        private Refused(String destination, List<ConnectFailed> reasons) {
            super("FDR-CONNECT-REFUSED", reasons, "nobody listens on [" + destination + "]");
        }
    }

    /** There is no route to the address: ENETUNREACH, EHOSTUNREACH. Twisted: {@code NoRouteError}. */
    public static final class NoRoute extends ConnectFailed {
        private static final long serialVersionUID = 1;

        /**
         * Creates the exception.
         *
         * @param destination the host and port, for the message
         * @param cause the system's error, or null
         */
        public NoRoute(String destination, @Nullable Throwable cause) {
            super("FDR-CONNECT-NO-ROUTE", "there is no route to [" + destination + "]", cause);
        }

        private NoRoute(String destination, List<ConnectFailed> reasons) {
            super("FDR-CONNECT-NO-ROUTE", reasons, "there is no route to [" + destination + "]");
        }
    }

    /** The attempt timed out, or ETIMEDOUT. Twisted: {@code TimeoutError}, {@code TCPTimedOutError}. */
    public static final class TimedOut extends ConnectFailed {
        private static final long serialVersionUID = 1;

        /**
         * Creates the exception.
         *
         * @param destination the host and port, for the message
         * @param cause the system's error, or null if the attempt's own timeout expired
         */
        public TimedOut(String destination, @Nullable Throwable cause) {
            super("FDR-CONNECT-TIMED-OUT", "connecting to [" + destination + "] took too long", cause);
        }

        private TimedOut(String destination, List<ConnectFailed> reasons) {
            super("FDR-CONNECT-TIMED-OUT", reasons, "connecting to [" + destination + "] took too long");
        }
    }

    /** The name has no address. Twisted: {@code UnknownHostError}, {@code DNSLookupError}. */
    public static final class UnknownHost extends ConnectFailed {
        private static final long serialVersionUID = 1;

        /**
         * Creates the exception.
         *
         * @param destination the host and port, for the message
         * @param cause the resolver's error, or null
         */
        public UnknownHost(String destination, @Nullable Throwable cause) {
            super("FDR-CONNECT-UNKNOWN-HOST", "[" + destination + "] can't be resolved", cause);
        }
    }

    /** The local address can't be used. Twisted: {@code ConnectBindError}. */
    public static final class BindFailed extends ConnectFailed {
        private static final long serialVersionUID = 1;

        /**
         * Creates the exception.
         *
         * @param local the local address, for the message
         * @param cause the system's error, or null
         */
        public BindFailed(String local, @Nullable Throwable cause) {
            super("FDR-CONNECT-BIND-FAILED", "can't connect from [" + local + "]", cause);
        }

        /** Each reason names the local address. */
        private BindFailed(String destination, List<ConnectFailed> reasons) {
            super("FDR-CONNECT-BIND-FAILED", reasons, "can't connect to [" + destination + "]");
        }
    }

    /** {@link Connector#stopConnecting} was called. Twisted: {@code UserError}. */
    public static final class Stopped extends ConnectFailed {
        private static final long serialVersionUID = 1;

        /**
         * Creates the exception, without a cause.
         *
         * @param destination the host and port, for the message
         */
        public Stopped(String destination) {
            super("FDR-CONNECT-STOPPED", "connecting to [" + destination + "] was given up on request", null);
        }
    }
}
