// SPDX-License-Identifier: Apache-2.0
/**
 * The contract of a backend, as tests: extend {@link io.fdreactor.tck.ReactorTck} and run it with JUnit.
 *
 * <p>The package is open, since JUnit finds and makes the chapters by reflection.
 */
@org.jspecify.annotations.NullMarked
module io.fdreactor.tck {
    requires transitive io.fdreactor.api;
    requires java.management;
    requires static jdk.management;
    requires transitive org.junit.jupiter.api;

    exports io.fdreactor.tck;

    opens io.fdreactor.tck;

    uses io.fdreactor.spi.ReactorProvider;
}
