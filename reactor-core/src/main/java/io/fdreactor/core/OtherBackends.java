// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core;

import io.fdreactor.Capability;
import io.fdreactor.selection.Reactors;
import io.fdreactor.selection.SelectionReport;
import java.util.stream.Collectors;

/** Names the backends that could have done it, for the message of one that couldn't. */
final class OtherBackends {
    private OtherBackends() {}

    /** Those that are available here; if there are none, those of ours that would be, on the class path. */
    static String with(Capability capability) {
        String here = Reactors.report().candidates().stream()
                .filter(candidate -> candidate.status() == SelectionReport.Status.AVAILABLE)
                .filter(candidate -> candidate.capabilities().contains(capability))
                .map(SelectionReport.Candidate::id)
                .collect(Collectors.joining(", "));
        if (!here.isEmpty()) {
            return "these can: " + here;
        }
        String ours = capability == Capability.CHANNEL ? "fdreactor-select" : "fdreactor-epoll, fdreactor-poll";
        return "none that is available here can; these would: " + ours;
    }
}
