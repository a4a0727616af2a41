// SPDX-License-Identifier: Apache-2.0
/**
 * The contract for backends that watch numbers, with descriptors of every kind to try it on: extend
 * {@link io.fdreactor.tck.posix.PosixReactorTck}.
 *
 * <p>The package is open, since JUnit finds and makes the chapters by reflection.
 */
@org.jspecify.annotations.NullMarked
module io.fdreactor.tck.posix {
    requires transitive io.fdreactor.tck;
    requires io.fdreactor.posix;

    exports io.fdreactor.tck.posix;

    opens io.fdreactor.tck.posix;
}
