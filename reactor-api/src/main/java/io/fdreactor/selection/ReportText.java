// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.selection;

import io.fdreactor.internal.Printable;
import io.fdreactor.selection.SelectionReport.Candidate;
import io.fdreactor.selection.SelectionReport.Status;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text of a report. Each candidate has a line with its id, status and priority and, beside them in a column of
 * their own, the reason, the exception, and the jar or directory.
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
                : Printable.text(report.requested()) + ", by " + report.requestedBy();
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
                .map(Printable::lines)
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

    /** The cause of a provider's own reason, unless the reason quotes it. This project's reasons are complete. */
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
        String location = candidate.location() == null ? null : Printable.text(candidate.location());
        if (candidate.provider() == null) {
            return location;
        }
        return candidate.provider() + (location == null ? "" : " in " + location);
    }

    private String fix() {
        String usable = report.available().stream().map(Candidate::id).collect(Collectors.joining(", "));
        if (!usable.isEmpty()) {
            return Request.PROGRAM.equals(report.requestedBy())
                    ? "open one of: " + usable + "; or name none, for the best of them"
                    : "set " + report.requestedBy() + " to one of: " + usable
                            + "; or leave it out, for the best of them";
        }
        String mend = report.candidates().isEmpty() ? "" : "mend one of the above";
        return Stream.of(mend, add()).filter(advice -> !advice.isEmpty()).collect(Collectors.joining(", or "));
    }

    /** This project's backends that are missing: the fastest on this system, and the one that works everywhere. */
    private String add() {
        boolean onLinux = "Linux".equals(System.getProperty("os.name"));
        List<String> missing = Stream.of(
                        onLinux && !isThere("epoll") ? "io.fdreactor:fdreactor-epoll, the fastest on Linux" : "",
                        isThere("select") ? "" : "io.fdreactor:fdreactor-select, which runs everywhere")
                .filter(jar -> !jar.isEmpty())
                .toList();
        return missing.isEmpty() ? "" : "put on the class path or module path " + String.join(", or ", missing);
    }

    private boolean isThere(String id) {
        return report.candidates().stream().anyMatch(candidate -> id.equals(candidate.id()));
    }
}
