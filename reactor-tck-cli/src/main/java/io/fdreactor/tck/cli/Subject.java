// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.cli;

import io.fdreactor.Capability;
import io.fdreactor.selection.SelectionReport;
import io.fdreactor.selection.SelectionReport.Candidate;
import io.fdreactor.selection.SelectionReport.Status;
import io.fdreactor.spi.ReactorProvider;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out whom the contract is about. */
final class Subject {
    private Subject() {}

    /**
     * The backend that was asked for, or the only one that was brought.
     *
     * @param id what was asked for, or null
     * @throws CouldNotTell if there is no such backend, or it can't be used here
     */
    static ReactorProvider find(SelectionReport report, @Nullable String id, ExtraClassPath brought) {
        Candidate candidate = id == null ? onlyOneOf(brought, report) : named(id, report);
        if (candidate.status() != Status.AVAILABLE) {
            throw new CouldNotTell("[" + candidate.id() + "] can't be used here: " + candidate.reason());
        }
        if (!candidate.capabilities().contains(Capability.INT_FD)
                && !candidate.capabilities().contains(Capability.CHANNEL)) {
            throw new CouldNotTell("[" + candidate.id() + "] claims neither INT_FD nor CHANNEL, so there is nothing to"
                    + " try it on: extend ReactorTck, with fixtures of your own");
        }
        return make(candidate);
    }

    private static Candidate onlyOneOf(ExtraClassPath brought, SelectionReport report) {
        List<Candidate> candidates = report.candidates().stream()
                .filter(candidate -> candidate.status() != Status.SHADOWED)
                .filter(candidate -> brought.contains(candidate.location()))
                .toList();
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        throw new CouldNotTell(
                brought.isEmpty()
                        ? "no backend is asked for: add --backend, one of " + idsOf(report.candidates())
                        : "[" + brought + "] holds " + (candidates.isEmpty() ? "no backend" : "several backends")
                                + ": add --backend, one of " + idsOf(report.candidates()));
    }

    private static Candidate named(String id, SelectionReport report) {
        return report.candidates().stream()
                .filter(candidate -> id.equals(candidate.id()) && candidate.status() != Status.SHADOWED)
                .findFirst()
                .orElseThrow(() -> new CouldNotTell("there is no backend [" + id + "]: take one of "
                        + idsOf(report.candidates()) + ", or bring its jar with --classpath"));
    }

    private static String idsOf(List<Candidate> candidates) {
        return candidates.stream()
                .map(Candidate::id)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static ReactorProvider make(Candidate candidate) {
        String type = Objects.requireNonNull(candidate.provider());
        try {
            return (ReactorProvider) Class.forName(type).getConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new CouldNotTell(
                    "[" + type + "] needs to be a public class with a public constructor without parameters: " + e, e);
        }
    }
}
