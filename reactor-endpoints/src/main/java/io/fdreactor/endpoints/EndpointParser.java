// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import java.util.List;

/** What parsers of servers' and of clients' endpoints have in common. */
public interface EndpointParser {
    /** What the strings begin with that this parser reads, up to the first colon: {@code "tcp"}. */
    String prefix();

    /**
     * The keys that it knows. Values without a key come first, and are taken for the first key, the second, and so on. Any
     * other key is refused before this parser is asked.
     */
    List<String> keys();
}
