// SPDX-License-Identifier: Apache-2.0
import io.fdreactor.poll.PollReactorProvider;
import io.fdreactor.spi.ReactorProvider;

/** The backend {@code poll}: POSIX systems. */
@org.jspecify.annotations.NullMarked
module io.fdreactor.poll {
    requires transitive io.fdreactor.core;
    requires io.fdreactor.posix;
    requires static com.google.auto.service;

    exports io.fdreactor.poll;

    provides ReactorProvider with
            PollReactorProvider;
}
