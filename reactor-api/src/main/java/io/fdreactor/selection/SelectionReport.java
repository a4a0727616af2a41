// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import io.fdreactor.Capability;
import io.fdreactor.internal.Printable;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which backends were found, the status of each, and which one was chosen. {@link #toString} returns all of it as text:
 * what was asked for, what was chosen and why, a paragraph for each candidate and, if nothing was chosen, what to do.
 *
 * @param requested the id that was asked for, or null for the best one
 * @param requestedBy the source of the request: {@code "-Dfdreactor.backend"}, {@code "FDREACTOR_BACKEND"}, or
 *     {@code "the program"} for an id passed to {@link Reactors#open(String)}; null if there was none
 * @param winner the backend that was chosen, or null if there is none
 * @param candidates all of them: the highest priority first, then by id, those without an id last
 */
public record SelectionReport(
        @Nullable String requested,
        @Nullable String requestedBy,
        @Nullable Candidate winner,
        List<Candidate> candidates)
        implements Serializable {
    /** The status of a candidate. */
    public enum Status {
        /** It can be opened. */
        AVAILABLE,
        /** It reports that it doesn't work here. */
        UNAVAILABLE,
        /** It can't be loaded, or fails when its properties are read. */
        BROKEN,
        /** Another class claims the same id, so neither can be chosen. */
        CONFLICT,
        /** Another copy of the same class comes first. */
        SHADOWED
    }

    /**
     * One provider class in one place.
     *
     * @param id its id; null if it couldn't be read
     * @param provider the provider's class; null if not even that is known
     * @param location the jar or directory that holds the class; null if unknown
     * @param priority its priority; 0 if it couldn't be read
     * @param capabilities its capabilities; empty if they couldn't be read
     * @param status its status
     * @param reason why it can't be used; if it is available, further information, possibly empty
     * @param cause the exception of the check, or null
     */
    public record Candidate(
            @Nullable String id,
            @Nullable String provider,
            @Nullable String location,
            int priority,
            Set<Capability> capabilities,
            Status status,
            String reason,
            @Nullable Throwable cause)
            implements Serializable {}

    /**
     * Creates a report with a copy of the candidates.
     *
     * @param requested the id that was asked for, or null
     * @param requestedBy the source of the request, or null
     * @param winner the backend that was chosen, or null
     * @param candidates all candidates
     */
    public SelectionReport {
        candidates = List.copyOf(candidates);
    }

    /**
     * Returns why this backend was chosen, or why none: {@code "highest priority (300) of the available backends"},
     * {@code "asked for by -Dfdreactor.backend"}.
     *
     * @return the reason
     */
    public String why() {
        if (winner == null) {
            return whyNone();
        }
        if (requested != null) {
            return "asked for by " + requestedBy;
        }
        long available = available().size();
        return available == 1
                ? "the only available backend"
                : "highest priority (" + winner.priority() + ") of the " + available + " available backends";
    }

    private String whyNone() {
        if (requested == null) {
            return candidates.isEmpty() ? "there are no backends" : "none of the backends can be used";
        }
        return "[" + Printable.text(requested) + "] was asked for by " + requestedBy + ", but " + refusal(requested);
    }

    private String refusal(String id) {
        for (Candidate candidate : candidates) {
            if (id.equals(candidate.id())) {
                return switch (candidate.status()) {
                    case CONFLICT -> "several classes claim that id";
                    case BROKEN -> "it is broken";
                    default -> "it can't be used here";
                };
            }
        }
        boolean anyNameless = candidates.stream().anyMatch(candidate -> candidate.id() == null);
        return "it isn't there" + (anyNameless ? ", unless it is one of the broken ones" : "");
    }

    /** {@return the report for people: several lines, without a line break at the end} */
    @Override
    public String toString() {
        return new ReportText(this).toString();
    }

    /** The candidates that could be opened, whether or not they were asked for. */
    List<Candidate> available() {
        return candidates.stream()
                .filter(candidate -> candidate.status() == Status.AVAILABLE)
                .toList();
    }

    /** The failure of the first candidate that was wanted. */
    @Nullable
    Throwable firstCause() {
        return candidates.stream()
                .filter(candidate -> requested == null || requested.equals(candidate.id()))
                .map(Candidate::cause)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
