// SPDX-License-Identifier: Apache-2.0
/** A virtual clock, an in-memory reactor and transports, for unit tests without descriptors or threads. */
module io.fdreactor.testing {
    requires static transitive org.jspecify;
}
