// SPDX-License-Identifier: Apache-2.0
/** The loop, once for every backend; a backend brings a poller and, for transports, sockets. */
@org.jspecify.annotations.NullMarked
module io.fdreactor.core {
    requires transitive io.fdreactor.api;
    requires com.google.common;
    requires static java.management;
    requires static jdk.jfr;

    exports io.fdreactor.core;
    exports io.fdreactor.core.spi;
}
