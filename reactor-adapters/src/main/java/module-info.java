// SPDX-License-Identifier: Apache-2.0
/** A reactor, and a connection, under the interfaces that the JDK has for such things. */
@org.jspecify.annotations.NullMarked
module io.fdreactor.adapters {
    requires transitive io.fdreactor.api;

    exports io.fdreactor.adapters;
}
