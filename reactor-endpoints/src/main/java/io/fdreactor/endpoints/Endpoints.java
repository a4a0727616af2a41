// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.Reactor;
import io.fdreactor.group.ReactorGroup;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Endpoints from strings. Twisted: {@code serverFromString}, {@code clientFromString}.
 *
 * <p>A string is a prefix and arguments, with colons between them; an argument is a value, or a key, an equals sign and a
 * value. A backslash takes the next character for itself, so a value may have a colon in it; so may one that stands in
 * brackets, which is for IPv6 addresses and not in Twisted. Times are in seconds, and may have a fraction. What is built in:
 *
 * <pre>
 * server  tcp:8080:interface=127.0.0.1          port, interface, backlog, reusePort
 * client  tcp:example.org:80:timeout=5          host, port, timeout, bindAddress
 * both                                          noDelay, keepAlive, handshake, idle, write, close
 * </pre>
 *
 * The last four are {@link io.fdreactor.net.Deadlines}. Other prefixes come from other jars: {@link EndpointParser}. One
 * that can't be loaded takes nothing away from the others, nor can one replace what is built in.
 */
public final class Endpoints {
    private static final Parsers<StreamServerEndpointParser> SERVERS = new Parsers<>(
            StreamServerEndpointParser.class,
            loader -> ServiceLoader.load(StreamServerEndpointParser.class, loader),
            List.of(new TcpServerParser()));

    private static final Parsers<StreamClientEndpointParser> CLIENTS = new Parsers<>(
            StreamClientEndpointParser.class,
            loader -> ServiceLoader.load(StreamClientEndpointParser.class, loader),
            List.of(new TcpClientParser()));

    private Endpoints() {}

    /**
     * Where to listen: {@code "tcp:8080"}. Nothing is opened yet.
     *
     * @throws EndpointSyntaxException if the string is no server's endpoint
     * @throws io.fdreactor.ReactorException if the reactor has not what it takes
     */
    public static StreamServerEndpoint serverFromString(Reactor reactor, String endpoint) {
        return SERVERS.parse(endpoint, (parser, arguments) -> parser.parse(reactor, arguments));
    }

    /**
     * Where the reactors of a group listen together. The key {@code reusePort} chooses how they accept, if it is there:
     * {@code yes} is {@link io.fdreactor.group.AcceptMode#REUSE_PORT}, {@code no} is
     * {@link io.fdreactor.group.AcceptMode#HAND_OVER}. Nothing is opened yet.
     *
     * @throws EndpointSyntaxException if the string is no server's endpoint
     * @throws io.fdreactor.ReactorException if several reactors can't listen there
     */
    public static GroupServerEndpoint serverFromString(ReactorGroup group, String endpoint) {
        return SERVERS.parse(endpoint, (parser, arguments) -> parser.parse(group, arguments));
    }

    /**
     * Where to connect to: {@code "tcp:example.org:80"}. Nothing is opened or looked up yet.
     *
     * @throws EndpointSyntaxException if the string is no client's endpoint
     * @throws io.fdreactor.ReactorException if the reactor has not what it takes
     */
    public static StreamClientEndpoint clientFromString(Reactor reactor, String endpoint) {
        return CLIENTS.parse(endpoint, (parser, arguments) -> parser.parse(reactor, arguments));
    }

    /**
     * The text with backslashes where they are needed, so that it can stand for a value in an endpoint string. Twisted:
     * {@code quoteStringArgument}, which leaves equals signs alone.
     */
    public static String quoteStringArgument(String argument) {
        return EndpointString.quote(argument);
    }
}
