// SPDX-License-Identifier: Apache-2.0
/** Small programs that compile against the API, the protocols and the endpoints alone; backends are found at run time. */
@org.jspecify.annotations.NullMarked
module io.fdreactor.examples {
    requires info.picocli;
    requires io.fdreactor.api;
    requires io.fdreactor.endpoints;
    requires io.fdreactor.group;
    requires io.fdreactor.protocols;

    exports io.fdreactor.examples;

    opens io.fdreactor.examples to
            info.picocli;
    opens io.fdreactor.examples.chat to
            info.picocli;
    opens io.fdreactor.examples.command to
            info.picocli;
    opens io.fdreactor.examples.http to
            info.picocli;
    opens io.fdreactor.examples.proxy to
            info.picocli;
    opens io.fdreactor.examples.resp to
            info.picocli;
}
