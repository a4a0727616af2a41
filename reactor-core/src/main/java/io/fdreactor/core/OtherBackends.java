// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core;

import io.fdreactor.Capability;
import io.fdreactor.selection.Reactors;
import io.fdreactor.selection.SelectionReport;
import java.util.stream.Collectors;

/** Names the backends that could have done it, for the message of one that couldn't. */
final class OtherBackends {
    private OtherBackends() {}

    static String with(Capability capability) {
        String names = Reactors.report().candidates().stream()
                .filter(candidate -> candidate.status() == SelectionReport.Status.AVAILABLE)
                .filter(candidate -> candidate.capabilities().contains(capability))
                .map(SelectionReport.Candidate::id)
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? "no backend that is available here can (" + capability + ")"
                : "these can (" + capability + "): " + names;
    }
}
