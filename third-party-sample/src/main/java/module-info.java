// SPDX-License-Identifier: Apache-2.0
/** The backend {@code select2}: the reactor over pselect(2), by somebody else than fdreactor. */
module org.example.select {
    requires transitive io.fdreactor.core;
    requires io.fdreactor.posix;
    requires com.sun.jna;
    requires static com.google.auto.service;

    exports org.example.select;

    provides io.fdreactor.spi.ReactorProvider with
            org.example.select.SelectProvider;
}
