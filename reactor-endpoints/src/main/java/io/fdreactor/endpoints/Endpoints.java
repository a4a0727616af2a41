// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.Reactor;
import io.fdreactor.group.ReactorGroup;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Makes endpoints from strings. Twisted: {@code serverFromString}, {@code clientFromString}.
 *
 * <p>A string is a prefix and arguments, separated by colons; an argument is a value, or a key, an equals sign and a
 * value. A backslash escapes the next character, so a value may contain a colon; so may a value in brackets, which is
 * meant for IPv6 addresses and not in Twisted. Times are in seconds, and may have a fraction. Built in are:
 *
 * <pre>
 * server  tcp:8080:interface=127.0.0.1          port, interface, backlog, reusePort
 * client  tcp:example.org:80:timeout=5          host, port, timeout, bindAddress
 * both                                          noDelay, keepAlive, handshake, idle, write, close
 * </pre>
 *
 * The last four are {@link io.fdreactor.net.Deadlines}. Other jars can add prefixes: {@link EndpointParser}. A parser
 * that can't be loaded does not affect the others, and no parser can replace a built-in one.
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
     * Parses an address to listen on, such as {@code "tcp:8080"}. Nothing is opened yet. On the reactor's thread.
     *
     * @param reactor the reactor that will listen
     * @param endpoint the string
     * @return the endpoint
     * @throws InvalidEndpoint if the string is not a server endpoint
     * @throws io.fdreactor.ReactorException if the reactor does not support it
     */
    public static StreamServerEndpoint serverFromString(Reactor reactor, String endpoint) {
        return SERVERS.parse(endpoint, (parser, arguments) -> parser.parse(reactor, arguments));
    }

    /**
     * Parses an address on which the reactors of a group listen together. The key {@code reusePort}, if present,
     * determines how they accept: {@code yes} is {@link io.fdreactor.group.AcceptMode#REUSE_PORT}, {@code no} is
     * {@link io.fdreactor.group.AcceptMode#HAND_OVER}. Nothing is opened yet.
     *
     * @param group the reactors that will listen
     * @param endpoint the string
     * @return the endpoint
     * @throws InvalidEndpoint if the string is not a server endpoint
     * @throws io.fdreactor.ReactorException if several reactors can't listen there
     */
    public static GroupServerEndpoint serverFromString(ReactorGroup group, String endpoint) {
        return SERVERS.parse(endpoint, (parser, arguments) -> parser.parse(group, arguments));
    }

    /**
     * Parses an address to connect to, such as {@code "tcp:example.org:80"}. Nothing is opened or looked up yet. On the
     * reactor's thread.
     *
     * @param reactor the reactor that will connect
     * @param endpoint the string
     * @return the endpoint
     * @throws InvalidEndpoint if the string is not a client endpoint
     * @throws io.fdreactor.ReactorException if the reactor does not support it
     */
    public static StreamClientEndpoint clientFromString(Reactor reactor, String endpoint) {
        return CLIENTS.parse(endpoint, (parser, arguments) -> parser.parse(reactor, arguments));
    }

    /**
     * Escapes a text with backslashes, so that it can be a value in an endpoint string. Twisted:
     * {@code quoteStringArgument}, which does not escape equals signs.
     *
     * @param argument the text
     * @return the escaped text
     */
    public static String quoteStringArgument(String argument) {
        return EndpointString.quote(argument);
    }
}
