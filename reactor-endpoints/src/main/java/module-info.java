// SPDX-License-Identifier: Apache-2.0
/** Strings that say where to listen and where to connect, and what they stand for. */
@org.jspecify.annotations.NullMarked
module io.fdreactor.endpoints {
    requires transitive io.fdreactor.api;
    requires transitive io.fdreactor.group;
    requires static transitive org.jspecify;

    exports io.fdreactor.endpoints;

    uses io.fdreactor.endpoints.StreamServerEndpointParser;
    uses io.fdreactor.endpoints.StreamClientEndpointParser;
}
