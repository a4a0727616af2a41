// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.Reactor;

/**
 * Reads the strings of one kind of server's endpoint. Register one for {@link java.util.ServiceLoader}, and
 * {@link Endpoints#serverFromString} knows its prefix. Twisted: {@code IStreamServerEndpointStringParser}.
 */
public interface StreamServerEndpointParser extends EndpointParser {
    /**
     * The endpoint that these arguments describe. Nothing is opened yet.
     *
     * @throws EndpointSyntaxException if there is no such endpoint; {@link EndpointArgument#wrong} makes one that points
     *     at the place
     */
    StreamServerEndpoint parse(Reactor reactor, EndpointArguments arguments);
}
