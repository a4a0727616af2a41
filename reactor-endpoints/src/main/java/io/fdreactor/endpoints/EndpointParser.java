// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import java.util.List;

/** The common part of the parsers of server and client endpoints. */
public interface EndpointParser {
    /** {@return the prefix of the strings that this parser reads, up to the first colon: {@code "tcp"}} */
    String prefix();

    /**
     * Returns the keys that this parser knows. Values without a key come first, and are assigned to the first key, the
     * second, and so on. Any other key is refused before this parser is called.
     *
     * @return the keys in the order of the values without a key
     */
    List<String> keys();
}
