// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import io.fdreactor.selection.SelectionReport.Candidate;
import io.fdreactor.selection.SelectionReport.Status;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A report in words. Each candidate has a line with its id, status and priority, and beside them, in a column of
 * their own, the reason, what was thrown, and the place it comes from.
 */
final class ReportText {
    private final SelectionReport report;
    private final String rowFormat;

    ReportText(SelectionReport report) {
        this.report = report;
        int idWidth = report.candidates().stream()
                .mapToInt(candidate -> shownId(candidate).length())
                .max()
                .orElse(1);
        this.rowFormat = "\n  %-" + idWidth + "s  %-11s  %-12s  ";
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("requested  ")
                .append(request())
                .append("\nchosen     ")
                .append(choice())
                .append("\nrunning    ")
                .append(machine());
        report.candidates().forEach(candidate -> text.append(paragraph(candidate)));
        if (report.winner() == null) {
            text.append("\nFix: ").append(fix());
        }
        return text.toString();
    }

    private String request() {
        return report.requested() == null
                ? "nothing (-D" + Request.PROPERTY + "=ID or " + Request.VARIABLE + "=ID asks for a backend)"
                : report.requested() + ", by " + report.requestedBy();
    }

    private String choice() {
        Candidate winner = report.winner();
        return (winner == null ? "none" : winner.id()) + ": " + report.why();
    }

    private static String machine() {
        return "Java %s, %s %s %s"
                .formatted(
                        Runtime.version(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"));
    }

    private String paragraph(Candidate candidate) {
        String priority = candidate.id() == null ? "" : "priority " + candidate.priority();
        String row = rowFormat.formatted(shownId(candidate), shownStatus(candidate.status()), priority);
        String facts = Stream.of(candidate.reason(), unsaidCause(candidate), origin(candidate))
                .filter(Objects::nonNull)
                .filter(fact -> !fact.isBlank())
                .collect(Collectors.joining("\n"));
        return row + facts.replace("\n", "\n" + " ".repeat(row.length() - 1));
    }

    private static String shownId(Candidate candidate) {
        return Objects.requireNonNullElse(candidate.id(), "?");
    }

    /** What needs attention stands out. */
    private static String shownStatus(Status status) {
        return status == Status.AVAILABLE ? "available" : status.name();
    }

    /** The cause of a provider's own reason, unless that quotes it. Our reasons have said what there is to say. */
    private static @Nullable String unsaidCause(Candidate candidate) {
        if (candidate.status() != Status.UNAVAILABLE || candidate.cause() == null) {
            return null;
        }
        Throwable cause = Diagnosis.rootOf(candidate.cause());
        String message = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
        return candidate.reason().contains(message) ? null : "cause: " + cause;
    }

    /** The class and the place it lies in, as far as they are known. */
    static @Nullable String origin(Candidate candidate) {
        if (candidate.provider() == null) {
            return candidate.location();
        }
        return candidate.provider() + (candidate.location() == null ? "" : " in " + candidate.location());
    }

    private String fix() {
        String usable = report.available().stream().map(Candidate::id).collect(Collectors.joining(", "));
        if (usable.isEmpty()) {
            boolean selectIsThere = report.candidates().stream().anyMatch(candidate -> "select".equals(candidate.id()));
            String mend = report.candidates().isEmpty() ? "" : "mend one of the above";
            String add = "put io.fdreactor:fdreactor-select on the class path or module path, which runs everywhere";
            return Stream.of(mend, selectIsThere ? "" : add)
                    .filter(advice -> !advice.isEmpty())
                    .collect(Collectors.joining(", or "));
        }
        return Request.PROGRAM.equals(report.requestedBy())
                ? "open one of: " + usable + "; or name none, for the best of them"
                : "set " + report.requestedBy() + " to one of: " + usable + "; or leave it out, for the best of them";
    }
}
