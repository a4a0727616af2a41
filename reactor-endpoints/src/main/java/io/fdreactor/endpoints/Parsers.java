// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.endpoints;

import io.fdreactor.endpoints.EndpointString.Part;
import io.fdreactor.selection.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The parsers of one kind: the built-in ones, and those of other jars, which are searched for each time. */
final class Parsers<P extends EndpointParser> {
    private final Class<P> type;
    private final Function<ClassLoader, ServiceLoader<P>> loading;
    private final List<P> builtIn;

    Parsers(Class<P> type, Function<ClassLoader, ServiceLoader<P>> loading, List<P> builtIn) {
        this.type = type;
        this.loading = loading;
        this.builtIn = builtIn;
    }

    <E> E parse(String endpoint, BiFunction<P, EndpointArguments, E> parsing) {
        List<Part> parts = EndpointString.parse(endpoint);
        P parser = parser(endpoint, parts.get(0));
        return parsing.apply(parser, new EndpointArguments(endpoint, parts, parser.keys()));
    }

    private P parser(String endpoint, Part first) {
        String prefix = first.value();
        if (first.key() != null) {
            throw new InvalidEndpoint(
                    endpoint, first.start(), first.end(), "an endpoint begins with a prefix, such as tcp:");
        }
        for (P parser : builtIn) {
            if (parser.prefix().equals(prefix)) {
                return parser;
            }
        }
        Services<P> found = Services.find(type, loading);
        List<P> claiming = new ArrayList<>();
        List<String> known = new ArrayList<>();
        builtIn.forEach(parser -> known.add(parser.prefix()));
        List<String> broken = new ArrayList<>();
        found.broken().forEach(each -> broken.add(each.toString()));
        for (P parser : found.providers()) {
            try {
                String claimed = Objects.requireNonNull(parser.prefix(), "a prefix can't be null");
                known.add(Printable.of(claimed));
                if (claimed.equals(prefix)) {
                    claiming.add(parser);
                }
            } catch (OutOfMemoryError e) {
                throw e;
            } catch (Throwable e) {
                broken.add(parser.getClass().getName() + ": prefix() failed: " + Printable.of(e));
            }
        }
        if (claiming.size() == 1) {
            return claiming.get(0);
        }
        throw new InvalidEndpoint(
                endpoint,
                first.start(),
                first.end(),
                claiming.isEmpty() ? unknown(prefix, known, broken) : claimed(prefix, claiming));
    }

    private static String unknown(String prefix, List<String> known, List<String> broken) {
        String failed = broken.stream()
                .map(each -> "\na parser that can't be used: " + each)
                .collect(Collectors.joining());
        return "there is no prefix [" + Printable.of(prefix) + "] here" + Closest.hint(prefix, known)
                + "; the prefixes are " + String.join(", ", known) + failed;
    }

    private static <P> String claimed(String prefix, List<P> claiming) {
        return "the prefix [" + Printable.of(prefix) + "] is claimed by "
                + claiming.stream().map(each -> each.getClass().getName()).collect(Collectors.joining(" and "))
                + ": take all but one of them off the class path";
    }
}
