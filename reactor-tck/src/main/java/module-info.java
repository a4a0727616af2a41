// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of a backend, as tests: extend {@link io.fdreactor.tck.ReactorTck} and run it with JUnit.
 *
 * <p>The packages with tests and extensions are open, since JUnit finds and makes them by reflection.
 */
@org.jspecify.annotations.NullMarked
module io.fdreactor.tck {
    requires transitive io.fdreactor.api;
    requires java.management;
    requires static jdk.management;
    requires transitive org.junit.jupiter.api;

    exports io.fdreactor.tck;
    exports io.fdreactor.tck.context;
    exports io.fdreactor.tck.contract;
    exports io.fdreactor.tck.fixture;
    exports io.fdreactor.tck.report;

    opens io.fdreactor.tck;
    opens io.fdreactor.tck.rules.core;
    opens io.fdreactor.tck.rules.fd;
    opens io.fdreactor.tck.rules.net;
    opens io.fdreactor.tck.rules.spi;
    opens io.fdreactor.tck.rules.threads;
    opens io.fdreactor.tck.rules.time;

    uses io.fdreactor.spi.ReactorProvider;
}
