// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import io.fdreactor.internal.Printable;
import io.fdreactor.selection.SelectionReport.Candidate;
import io.fdreactor.selection.SelectionReport.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One choice among the providers that class loaders offer. The availability of candidates is checked in order of
 * preference, and {@link #choose} checks no more than necessary, because a check may load native code.
 */
final class Selection {
    private static final System.Logger LOG = System.getLogger("io.fdreactor");
    /** The warnings that this process has logged, so that each is logged once, however many reactors are opened. */
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private final Request request;
    private final List<ProviderCandidate> candidates;
    private final List<Candidate> rejected;

    Selection(Collection<ClassLoader> loaders, Request request) {
        this.request = request;
        Discovery discovery = new Discovery(loaders);
        this.candidates = discovery.candidates().stream()
                .sorted(Comparator.comparing(ProviderCandidate::priority)
                        .reversed()
                        .thenComparing(ProviderCandidate::id))
                .toList();
        this.rejected = discovery.rejected();
        rejected.forEach(Selection::warn);
    }

    /** The backend to open. */
    ProviderCandidate choose() {
        for (ProviderCandidate candidate : candidates) {
            if (request.accepts(candidate.id())) {
                Candidate verdict = ask(candidate);
                if (verdict.status() == Status.AVAILABLE) {
                    LOG.log(DEBUG, "chose backend [{0}], {1}", candidate.id(), verdict.provider());
                    return candidate;
                }
                LOG.log(DEBUG, "can''t use backend [{0}]: {1}", candidate.id(), Printable.text(verdict.reason()));
            }
        }
        throw new NoReactor(report());
    }

    /** The result of {@link #choose}, after checking all candidates. */
    SelectionReport report() {
        List<Candidate> verdicts = new ArrayList<>();
        @Nullable Candidate winner = null;
        for (ProviderCandidate candidate : candidates) {
            Candidate verdict = ask(candidate);
            verdicts.add(verdict);
            if (winner == null && verdict.status() == Status.AVAILABLE && request.accepts(candidate.id())) {
                winner = verdict;
            }
        }
        verdicts.addAll(rejected);
        verdicts.sort(Comparator.comparing((Candidate candidate) -> candidate.id() == null)
                .thenComparing(Candidate::priority, Comparator.reverseOrder())
                .thenComparing(candidate -> String.valueOf(candidate.id())));
        return new SelectionReport(request.id(), request.source(), winner, verdicts);
    }

    private static Candidate ask(ProviderCandidate candidate) {
        Candidate verdict = candidate.verdict();
        if (verdict.status() == Status.BROKEN) {
            warn(verdict);
        }
        return verdict;
    }

    private static void warn(Candidate candidate) {
        @Nullable String origin = ReportText.origin(candidate);
        String subject = candidate.status() + " backend provider" + (origin == null ? "" : " " + origin);
        if (WARNED.add(subject)) {
            LOG.log(WARNING, "{0}: {1}", subject, Printable.text(candidate.reason()));
        }
    }
}
