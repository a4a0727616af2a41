// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.net;

import io.fdreactor.Coded;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A connection could not be made. One of the subclasses where the reason is a known one; this class for any
 * other. The cause is the system's word, if it gave one. Twisted: {@code ConnectError}.
 */
public class ConnectFailed extends IOException implements Coded {
    private static final long serialVersionUID = 1;

    /** The code. */
    private final String code;

    /** For a reason without a class of its own. */
    public ConnectFailed(String destination, @Nullable Throwable cause) {
        this("FDR-CONNECT-FAILED", "can't connect to [" + destination + "]", cause);
    }

    private ConnectFailed(String code, String message, @Nullable Throwable cause) {
        super(message + (cause == null ? "" : ": " + cause.getMessage()) + " [" + code + "]", cause);
        this.code = code;
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
    }

    /** There is no way there: ENETUNREACH, EHOSTUNREACH. Twisted: {@code NoRouteError}. */
    public static final class NoRoute extends ConnectFailed {
        private static final long serialVersionUID = 1;

        /** With the system's word. */
        public NoRoute(String destination, @Nullable Throwable cause) {
            super("FDR-CONNECT-NO-ROUTE", "there is no route to [" + destination + "]", cause);
        }
    }

    /** It took too long: the attempt's timeout, or ETIMEDOUT. Twisted: {@code TimeoutError}, {@code TCPTimedOutError}. */
    public static final class TimedOut extends ConnectFailed {
        private static final long serialVersionUID = 1;

        /** With the system's word, if the timeout was its own. */
        public TimedOut(String destination, @Nullable Throwable cause) {
            super("FDR-CONNECT-TIMED-OUT", "connecting to [" + destination + "] took too long", cause);
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
