// SPDX-License-Identifier: Apache-2.0
/**
 * What a library compiles against: the reactor's facets, the descriptors it watches, protocols and
 * transports, and the front door that picks a backend at run time.
 */
@org.jspecify.annotations.NullMarked
module io.fdreactor.api {
    requires static transitive org.jspecify;

    exports io.fdreactor;
    exports io.fdreactor.internal to
            io.fdreactor.core,
            io.fdreactor.posix;
    exports io.fdreactor.net;
    exports io.fdreactor.selection;
    exports io.fdreactor.spi;

    uses io.fdreactor.spi.ReactorProvider;
}
