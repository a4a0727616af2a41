// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import java.util.ArrayList;
import java.util.List;

/**
 * A backend of ours, with its binding of libc.
 *
 * @param who what it is called in the tables
 * @param options what a JVM is started with for {@code Reactors.open()} to take it
 */
public record ReactorKind(String who, List<String> options) {
    private static final List<ReactorKind> WITH_LIBC =
            List.of(of("epoll", "jna"), of("epoll", "ffm"), of("poll", "jna"), of("poll", "ffm"));

    /** The best that a JVM like this one can have. */
    public static ReactorKind best() {
        return WITH_LIBC.get(ChildJvm.hasForeign() ? 1 : 0);
    }

    /** Epoll, with each binding that a JVM like this one can have. */
    public static List<ReactorKind> epoll() {
        return all().stream()
                .filter(kind -> kind.who().startsWith("fdreactor epoll"))
                .toList();
    }

    /** All that a JVM like this one can have. */
    public static List<ReactorKind> all() {
        List<ReactorKind> kinds = new ArrayList<>(WITH_LIBC);
        if (!ChildJvm.hasForeign()) {
            kinds.removeIf(kind -> kind.who().endsWith("/ffm"));
        }
        kinds.add(new ReactorKind("fdreactor select", List.of("-Dfdreactor.backend=select")));
        return kinds;
    }

    private static ReactorKind of(String backend, String libc) {
        return new ReactorKind(
                "fdreactor " + backend + "/" + libc,
                List.of("-Dfdreactor.backend=" + backend, "-Dfdreactor.libc=" + libc));
    }
}
