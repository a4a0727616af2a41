// SPDX-License-Identifier: Apache-2.0
import io.fdreactor.select.SelectReactorProvider;
import io.fdreactor.spi.ReactorProvider;

/** The backend {@code select}: everywhere. */
@org.jspecify.annotations.NullMarked
module io.fdreactor.select {
    requires transitive io.fdreactor.core;
    requires static com.google.auto.service;

    exports io.fdreactor.select;

    provides ReactorProvider with
            SelectReactorProvider;
}
