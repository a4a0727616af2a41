// SPDX-License-Identifier: Apache-2.0
/** Several reactors, a thread each, that serve the same ports. */
@org.jspecify.annotations.NullMarked
module io.fdreactor.group {
    requires transitive io.fdreactor.api;
    requires static transitive org.jspecify;

    exports io.fdreactor.group;
}
