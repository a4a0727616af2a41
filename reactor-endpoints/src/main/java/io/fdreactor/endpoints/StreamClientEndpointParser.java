// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.Reactor;

/**
 * Parses the strings of one kind of client endpoint. If it is registered for {@link java.util.ServiceLoader},
 * {@link Endpoints#clientFromString} uses it for its prefix. Twisted: {@code IStreamClientEndpointStringParser}.
 */
public interface StreamClientEndpointParser extends EndpointParser {
    /**
     * Makes the endpoint that these arguments describe. Nothing is opened yet.
     *
     * @param reactor the reactor that will connect
     * @param arguments the string's arguments
     * @return the endpoint
     * @throws InvalidEndpoint if there is no such endpoint; {@link EndpointArgument#wrong} makes one that
     *     points at the place
     */
    StreamClientEndpoint parse(Reactor reactor, EndpointArguments arguments);
}
