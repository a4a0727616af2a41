// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import io.fdreactor.Capability;
import io.fdreactor.selection.SelectionReport.Candidate;
import io.fdreactor.selection.SelectionReport.Status;
import io.fdreactor.spi.Availability;
import io.fdreactor.spi.ReactorProvider;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A provider that could be loaded and whose properties could be read; its availability is checked only when needed. */
record ProviderCandidate(
        ReactorProvider provider,
        String id,
        int priority,
        Set<Capability> capabilities,
        @Nullable String location) {

    String className() {
        return provider.getClass().getName();
    }

    boolean hasFacet(Class<?> facet) {
        try {
            return ProviderCalls.get("facets", provider::facets).contains(facet);
        } catch (ProviderCalls.Bad unknown) {
            return false;
        }
    }

    /** Checks whether it is available here. */
    Candidate verdict() {
        try {
            Availability answer = ProviderCalls.get("availability", provider::availability);
            return verdict(
                    answer.isAvailable() ? Status.AVAILABLE : Status.UNAVAILABLE, answer.detail(), answer.cause());
        } catch (ProviderCalls.Bad bad) {
            return verdict(Status.BROKEN, Diagnosis.reason(bad), bad.getCause());
        }
    }

    Candidate verdict(Status status, String reason, @Nullable Throwable cause) {
        return new Candidate(id, className(), location, priority, capabilities, status, reason, cause);
    }
}
