// SPDX-License-Identifier: Apache-2.0
/** Small programs that compile against the API alone; backends are found at run time. */
@org.jspecify.annotations.NullMarked
module io.fdreactor.examples {
    requires info.picocli;
    requires io.fdreactor.api;

    exports io.fdreactor.examples;

    opens io.fdreactor.examples to
            info.picocli;
}
