// SPDX-License-Identifier: Apache-2.0
import io.fdreactor.epoll.EPollReactorProvider;
import io.fdreactor.spi.ReactorProvider;

/** The backend {@code epoll}: Linux. */
@org.jspecify.annotations.NullMarked
module io.fdreactor.epoll {
    requires transitive io.fdreactor.core;
    requires io.fdreactor.posix;
    requires static com.google.auto.service;

    exports io.fdreactor.epoll;

    provides ReactorProvider with
            EPollReactorProvider;
}
