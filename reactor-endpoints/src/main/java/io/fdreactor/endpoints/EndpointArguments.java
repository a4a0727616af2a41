// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.endpoints.EndpointString.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments after an endpoint string's prefix. Each has a key that the parser knows, and no key occurs twice. */
public final class EndpointArguments {
    private final String endpoint;
    private final Map<String, EndpointArgument> byKey = new LinkedHashMap<>();

    /** Of these parts, the first of which is the prefix. */
    EndpointArguments(String endpoint, List<Part> parts, List<String> keys) {
        this.endpoint = endpoint;
        int unnamed = 0;
        for (Part part : parts.subList(1, parts.size())) {
            if (part.key() != null) {
                add(known(part, part.key(), keys), part);
            } else if (byKey.size() > unnamed) {
                throw new InvalidEndpoint(
                        endpoint,
                        part.start(),
                        part.end(),
                        "a value without a key comes before those that have one; one with colons in it stands in brackets, as"
                                + " in [::1]");
            } else if (unnamed == keys.size()) {
                throw new InvalidEndpoint(
                        endpoint,
                        part.start(),
                        part.end(),
                        "there is no key left for this value: the keys are " + String.join(", ", keys));
            } else {
                add(keys.get(unnamed++), part);
            }
        }
    }

    private String known(Part part, String key, List<String> keys) {
        if (!keys.contains(key)) {
            throw new InvalidEndpoint(
                    endpoint,
                    part.start(),
                    part.valueStart() - 1,
                    "there is no key [" + Printable.of(key) + "] here" + Closest.hint(key, keys) + "; the keys are "
                            + String.join(", ", keys));
        }
        return key;
    }

    private void add(String key, Part part) {
        EndpointArgument argument = new EndpointArgument(endpoint, key, part.value(), part.valueStart(), part.end());
        EndpointArgument before = byKey.putIfAbsent(key, argument);
        if (before != null) {
            throw new InvalidEndpoint(
                    endpoint,
                    part.start(),
                    part.end(),
                    "[" + key + "] is there already: it is [" + Printable.of(before.text()) + "]");
        }
    }

    /**
     * {@return the whole string, as it was given; it may contain control characters, which a message should not
     * contain}
     */
    public String endpoint() {
        return endpoint;
    }

    /**
     * Finds an argument.
     *
     * @param key one of the parser's keys
     * @return the argument, or empty if it is missing
     */
    public Optional<EndpointArgument> optional(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /**
     * Finds an argument that must be present.
     *
     * @param key one of the parser's keys
     * @return the argument
     * @throws InvalidEndpoint if it is missing
     */
    public EndpointArgument required(String key) {
        EndpointArgument argument = byKey.get(key);
        if (argument == null) {
            throw new InvalidEndpoint(
                    endpoint, endpoint.length(), endpoint.length(), "[" + key + "] is missing: add :" + key + "=…");
        }
        return argument;
    }
}
