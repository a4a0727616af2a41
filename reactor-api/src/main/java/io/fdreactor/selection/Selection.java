// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

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
 * One choice among the providers that class loaders offer. Candidates are asked whether they work in order of
 * preference, and {@link #choose} asks no more of them than it has to: asking may load native code.
 */
final class Selection {
    private static final System.Logger LOG = System.getLogger("io.fdreactor");
    /** What has been warned of in this process; who opens a hundred reactors is told once. */
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private final Request request;
    private final List<Contender> contenders;
    private final List<Candidate> rejected;

    Selection(Collection<ClassLoader> loaders, Request request) {
        this.request = request;
        Discovery discovery = new Discovery(loaders);
        this.contenders = discovery.contenders().stream()
                .sorted(Comparator.comparing(Contender::priority).reversed().thenComparing(Contender::id))
                .toList();
        this.rejected = discovery.rejected();
        rejected.forEach(Selection::warn);
    }

    /** The backend to open. */
    Contender choose() {
        for (Contender contender : contenders) {
            if (request.accepts(contender.id())) {
                Candidate verdict = ask(contender);
                if (verdict.status() == Status.AVAILABLE) {
                    LOG.log(DEBUG, "chose backend [{0}], {1}", contender.id(), verdict.provider());
                    return contender;
                }
                LOG.log(DEBUG, "can''t use backend [{0}]: {1}", contender.id(), verdict.reason());
            }
        }
        throw new NoReactorException(report());
    }

    /** What {@link #choose} does, having asked everybody. */
    SelectionReport report() {
        List<Candidate> candidates = new ArrayList<>();
        @Nullable Candidate winner = null;
        for (Contender contender : contenders) {
            Candidate verdict = ask(contender);
            candidates.add(verdict);
            if (winner == null && verdict.status() == Status.AVAILABLE && request.accepts(contender.id())) {
                winner = verdict;
            }
        }
        candidates.addAll(rejected);
        candidates.sort(Comparator.comparing((Candidate candidate) -> candidate.id() == null)
                .thenComparing(Candidate::priority, Comparator.reverseOrder())
                .thenComparing(candidate -> String.valueOf(candidate.id())));
        return new SelectionReport(request.id(), request.source(), winner, candidates);
    }

    private static Candidate ask(Contender contender) {
        Candidate verdict = contender.verdict();
        if (verdict.status() == Status.BROKEN) {
            warn(verdict);
        }
        return verdict;
    }

    private static void warn(Candidate candidate) {
        @Nullable String origin = ReportText.origin(candidate);
        String subject = candidate.status() + " backend provider" + (origin == null ? "" : " " + origin);
        if (WARNED.add(subject)) {
            LOG.log(WARNING, "{0}: {1}", subject, candidate.reason());
        }
    }
}
