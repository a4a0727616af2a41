// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.Reactor;
import io.fdreactor.ReactorException;
import io.fdreactor.group.ReactorGroup;

/**
 * Parses the strings of one kind of server endpoint. If it is registered for {@link java.util.ServiceLoader},
 * {@link Endpoints#serverFromString} uses it for its prefix. Twisted: {@code IStreamServerEndpointStringParser}.
 */
public interface StreamServerEndpointParser extends EndpointParser {
    /**
     * Makes the endpoint that these arguments describe. Nothing is opened yet.
     *
     * @param reactor the reactor that will listen
     * @param arguments the string's arguments
     * @return the endpoint
     * @throws InvalidEndpoint if there is no such endpoint; {@link EndpointArgument#wrong} makes one that
     *     points at the place
     */
    StreamServerEndpoint parse(Reactor reactor, EndpointArguments arguments);

    /**
     * Makes the endpoint that these arguments describe, for a group. Nothing is opened yet. This default refuses.
     *
     * @param group the reactors that will listen
     * @param arguments the string's arguments
     * @return the endpoint
     * @throws InvalidEndpoint if there is no such endpoint
     * @throws ReactorException if several reactors can't listen there
     */
    default GroupServerEndpoint parse(ReactorGroup group, EndpointArguments arguments) {
        throw new ReactorException(
                "FDR-NO-FACET",
                "several reactors can't listen on the endpoint [" + Printable.of(arguments.endpoint())
                        + "]: the parser of [" + prefix() + "] is made for one");
    }
}
