// SPDX-License-Identifier: Apache-2.0
/** Protocols that most protocols begin with: receivers of frames, wrappers, limits, reconnecting. */
@org.jspecify.annotations.NullMarked
module io.fdreactor.protocols {
    requires transitive io.fdreactor.api;
    requires static transitive org.jspecify;

    exports io.fdreactor.protocols;
}
