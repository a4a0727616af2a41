// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import io.fdreactor.HasErrorCode;
import io.fdreactor.internal.Printable;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A connection could not be made. One of the subclasses where the reason is a known one; this class for any
 * other. The cause is the system's word, if it gave one. Twisted: {@code ConnectError}.
 */
public class ConnectFailed extends IOException implements HasErrorCode {
    private static final long serialVersionUID = 1;

    /** The code. */
    private final String code;

    /** For a reason without a class of its own. */
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
     * For a name of which no address can be reached. The message names each; the first one's reason is the cause, the
     * others' are suppressed. The class is the one that the reasons have in common, those aside that there is no route
     * to: an address of a family that this machine isn't connected with says nothing about the others.
     *
     * @param reasons one for each address that was tried, at least one; if it is the only one, it is the answer
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

    /** What the system says; the kind of the exception where it has nothing to say. */
    static String why(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isEmpty() ? cause.toString() : message;
    }

    @Override
    public final String code() {
        return code;
    }

    /** Nobody listens there: ECONNREFUSED. Twisted: {@code ConnectionRefusedError}. */
    public static final class Refused extends ConnectFailed {
        private static final long serialVersionUID = 1;

        /** With the system's word. */
        public Refused(String destination, @Nullable Throwable cause) {
            super("FDR-CONNECT-REFUSED", "nobody listens on [" + destination + "]", cause);
        }

        private Refused(String destination, List<ConnectFailed> reasons) {
            super("FDR-CONNECT-REFUSED", reasons, "nobody listens on [" + destination + "]");
        }
    }

    /** There is no way there: ENETUNREACH, EHOSTUNREACH. Twisted: {@code NoRouteError}. */
    public static final class NoRoute extends ConnectFailed {
        private static final long serialVersionUID = 1;

        /** With the system's word. */
        public NoRoute(String destination, @Nullable Throwable cause) {
            super("FDR-CONNECT-NO-ROUTE", "there is no route to [" + destination + "]", cause);
        }

        private NoRoute(String destination, List<ConnectFailed> reasons) {
            super("FDR-CONNECT-NO-ROUTE", reasons, "there is no route to [" + destination + "]");
        }
    }

    /** It took too long: the attempt's timeout, or ETIMEDOUT. Twisted: {@code TimeoutError}, {@code TCPTimedOutError}. */
    public static final class TimedOut extends ConnectFailed {
        private static final long serialVersionUID = 1;

        /** With the system's word, if the timeout was its own. */
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

        /** With the resolver's word. */
        public UnknownHost(String destination, @Nullable Throwable cause) {
            super("FDR-CONNECT-UNKNOWN-HOST", "[" + destination + "] can't be resolved", cause);
        }
    }

    /** The local address can't be had. Twisted: {@code ConnectBindError}. */
    public static final class BindFailed extends ConnectFailed {
        private static final long serialVersionUID = 1;

        /** With the system's word. */
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

        /** There is no word of the system's. */
        public Stopped(String destination) {
            super("FDR-CONNECT-STOPPED", "connecting to [" + destination + "] was given up on request", null);
        }
    }
}
