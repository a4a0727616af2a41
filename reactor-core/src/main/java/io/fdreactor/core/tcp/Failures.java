// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import io.fdreactor.core.observe.SafeText;
import io.fdreactor.internal.Printable;
import io.fdreactor.net.ConnectFailed;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The system's reasons, as the exceptions that users see; and addresses as text. */
final class Failures {
    private Failures() {}

    /** @param reason the system's, or one of ours already */
    static ConnectFailed connect(String destination, Throwable reason) {
        if (reason instanceof ConnectFailed known) {
            return known;
        }
        if (reason instanceof NoRouteToHostException) {
            return new ConnectFailed.NoRoute(destination, reason);
        }
        if (reason instanceof SocketTimeoutException || mentions(reason, "timed out")) {
            return new ConnectFailed.TimedOut(destination, reason);
        }
        // NIO says some things by their text alone.
        if (mentions(reason, "unreachable")) {
            return new ConnectFailed.NoRoute(destination, reason);
        }
        if (reason instanceof ConnectException) {
            return new ConnectFailed.Refused(destination, reason);
        }
        return new ConnectFailed(destination, reason);
    }

    /** What the system says, escaped; the kind of the exception where it has nothing to say. */
    static String why(Throwable reason) {
        String message = reason.getMessage();
        return message == null || message.isEmpty() ? SafeText.of(reason) : Printable.text(message);
    }

    /** Says what is missing where the system calls a link-local address without a scope an invalid argument. */
    static Throwable withHint(InetSocketAddress address, Throwable reason) {
        boolean lacksScope =
                address.getAddress() instanceof Inet6Address six && six.isLinkLocalAddress() && six.getScopeId() == 0;
        return lacksScope && mentions(reason, "invalid argument")
                ? new SocketException(
                                why(reason) + "; a link-local address needs its interface, as fe80::1%eth0 has it")
                        .initCause(reason)
                : reason;
    }

    private static boolean mentions(Throwable reason, String text) {
        String message = reason.getMessage();
        return message != null && message.toLowerCase(Locale.ROOT).contains(text);
    }

    /** Escaped: a host may be anything that its user was given. */
    static String text(@Nullable SocketAddress address) {
        if (!(address instanceof InetSocketAddress inet)) {
            return SafeText.of(address);
        }
        String host =
                inet.isUnresolved() ? inet.getHostString() : inet.getAddress().getHostAddress();
        return Printable.text((host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + inet.getPort());
    }
}
