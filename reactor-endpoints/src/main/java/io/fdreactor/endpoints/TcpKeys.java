// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.Reactor;
import io.fdreactor.ReactorException;
import io.fdreactor.net.Deadlines;
import io.fdreactor.net.IReactorTCP;
import io.fdreactor.net.TcpOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys that server and client TCP endpoints have in common. */
final class TcpKeys {
    private static final List<String> KEYS = List.of("noDelay", "keepAlive", "handshake", "idle", "write", "close");

    private TcpKeys() {}

    /** The given keys, followed by the common ones. */
    static List<String> and(String... own) {
        return Stream.concat(Stream.of(own), KEYS.stream()).toList();
    }

    static TcpOptions options(EndpointArguments arguments) {
        TcpOptions standard = TcpOptions.DEFAULT;
        return standard.withNoDelay(flag(arguments, "noDelay", standard.noDelay()))
                .withKeepAlive(flag(arguments, "keepAlive", standard.keepAlive()))
                .withDeadlines(Deadlines.NONE
                        .withHandshake(seconds(arguments, "handshake"))
                        .withIdle(seconds(arguments, "idle"))
                        .withWrite(seconds(arguments, "write"))
                        .withClose(seconds(arguments, "close")));
    }

    static boolean flag(EndpointArguments arguments, String key, boolean standard) {
        return arguments.optional(key).map(EndpointArgument::flag).orElse(standard);
    }

    private static @Nullable Duration seconds(EndpointArguments arguments, String key) {
        return arguments.optional(key).map(EndpointArgument::seconds).orElse(null);
    }

    static IReactorTCP tcp(Reactor reactor, EndpointArguments arguments) {
        return reactor.facet(IReactorTCP.class)
                .orElseThrow(() -> new ReactorException(
                        "FDR-NO-FACET",
                        "the backend [" + reactor.backend() + "] has no TCP, which the endpoint ["
                                + Printable.of(arguments.endpoint()) + "] needs: choose another backend"));
    }
}
