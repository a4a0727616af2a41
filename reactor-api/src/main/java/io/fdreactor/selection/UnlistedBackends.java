// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import io.fdreactor.selection.SelectionReport.Candidate;
import io.fdreactor.selection.SelectionReport.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * This project's backends whose classes are present although no service file names them. That happens when several jars
 * are merged into one without merging their service files: one file has replaced the others.
 */
final class UnlistedBackends {
    private static final Map<String, String> PROVIDERS = new TreeMap<>(Map.of(
            "epoll", "io.fdreactor.epoll.EPollReactorProvider",
            "poll", "io.fdreactor.poll.PollReactorProvider",
            "select", "io.fdreactor.select.SelectReactorProvider"));

    private static final String REASON = "its class is here, but no META-INF/services/io.fdreactor.spi.ReactorProvider"
            + " names it: build the jar so that service files are merged (maven-shade-plugin:"
            + " ServicesResourceTransformer; Gradle's Shadow: mergeServiceFiles())";

    private UnlistedBackends() {}

    /**
     * Finds them.
     *
     * @param listed the classes that service files name
     */
    static List<Candidate> find(Collection<ClassLoader> loaders, Set<String> listed) {
        List<Candidate> unlisted = new ArrayList<>();
        PROVIDERS.forEach((id, name) -> {
            if (!listed.contains(name)) {
                ClassFiles.locations(ClassFiles.nameOf(name), loaders).stream()
                        .findFirst()
                        .ifPresent(place ->
                                unlisted.add(new Candidate(id, name, place, 0, Set.of(), Status.BROKEN, REASON, null)));
            }
        });
        return unlisted;
    }
}
