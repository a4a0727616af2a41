// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.it;

import io.fdreactor.tck.contract.Level;
import io.fdreactor.tck.contract.RuleBook;
import io.fdreactor.tck.contract.RuleBook.RuleText;
import io.fdreactor.tck.report.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of {@code docs/conformance.md} that is made of reports: where they come from, and a table with a row a rule
 * and a column a backend and JDK. The rows are the contract's, of today; the columns are kept until a newer report
 * takes their place. Immutable.
 */
final class ConformanceTable {
    private static final String BEGIN = "<!-- made by ConformanceIT: begin -->\n";
    private static final String END = "<!-- made by ConformanceIT: end -->\n";
    private static final String RULES = "../reactor-tck/src/main/resources/io/fdreactor/tck/RULES.md";
    private static final int FIRST_COLUMN = 3;

    /** Ours, and then those of others. */
    static final List<String> BACKENDS = List.of("epoll", "poll", "select", "select2", "netty");

    /** What a cell says; of what no report has told anything yet, nothing. */
    private static final Map<Outcome, String> MARKS = new EnumMap<>(Map.of(
            Outcome.PASS, "✓",
            Outcome.REFUSED, "–",
            Outcome.WAIVED, "W",
            Outcome.FORGIVEN, "~",
            Outcome.NOT_RUN, "n/t",
            Outcome.FAIL, "FAIL"));

    static final ConformanceTable EMPTY = new ConformanceTable(new TreeMap<>(), new TreeMap<>());

    /** A backend on a JDK, of which this is the feature version. Written as {@code `epoll` 17}. */
    record Column(String backend, int jdk) implements Comparable<Column> {
        private static final Comparator<Column> ORDER = Comparator.<Column>comparingInt(
                        column -> BACKENDS.indexOf(column.backend))
                .thenComparing(Column::jdk);

        private static Column of(String cell) {
            String[] words = cell.split(" ");
            return new Column(words[0].replace("`", ""), Integer.parseInt(words[1]));
        }

        @Override
        public int compareTo(Column other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return "`" + backend + "` " + jdk;
        }
    }

    private final SortedMap<Integer, String> machines;
    private final SortedMap<Column, Map<String, Outcome>> columns;

    private ConformanceTable(SortedMap<Integer, String> machines, SortedMap<Column, Map<String, Outcome>> columns) {
        this.machines = machines;
        this.columns = columns;
    }

    /** From a page, which has to have such a part, if only an empty one. */
    static ConformanceTable of(String page) {
        SortedMap<Integer, String> machines = new TreeMap<>();
        SortedMap<Column, Map<String, Outcome>> columns = new TreeMap<>();
        List<Column> header = List.of();
        for (String line : part(page).lines().toList()) {
            List<String> cells = cells(line);
            if (cells.size() == 2 && cells.get(0).matches("\\d+")) {
                machines.put(Integer.valueOf(cells.get(0)), cells.get(1));
            } else if (cells.size() > FIRST_COLUMN && cells.get(0).equals("rule")) {
                header = cells.stream().skip(FIRST_COLUMN).map(Column::of).toList();
            } else if (cells.size() > FIRST_COLUMN && cells.get(0).startsWith("[")) {
                String id = cells.get(0).substring(1, cells.get(0).indexOf(']'));
                for (int i = 0; i < header.size(); i++) {
                    String cell = cells.get(FIRST_COLUMN + i);
                    Map<String, Outcome> column = columns.computeIfAbsent(header.get(i), key -> new HashMap<>());
                    MARKS.forEach((outcome, mark) -> {
                        if (mark.equals(cell)) {
                            column.put(id, outcome);
                        }
                    });
                }
            }
        }
        return new ConformanceTable(machines, columns);
    }

    private static String part(String page) {
        return page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));
    }

    /** The cells of a table's row; none if this isn't one. */
    private static List<String> cells(String line) {
        return line.startsWith("| ")
                ? Arrays.stream(line.substring(1, line.length() - 1).split("\\|", -1))
                        .map(String::strip)
                        .toList()
                : List.of();
    }

    /** With this report's column, and its machine. */
    ConformanceTable with(ConformanceReport report) {
        SortedMap<Integer, String> newMachines = new TreeMap<>(machines);
        newMachines.put(report.column().jdk(), report.machine());
        return new ConformanceTable(newMachines, columnsWith(report.column(), report.outcomes()));
    }

    /** With what this report says for certain, and what is here already for the rest. */
    ConformanceTable withCertain(ConformanceReport report) {
        Map<String, Outcome> outcomes = new HashMap<>(columns.getOrDefault(report.column(), Map.of()));
        report.outcomes()
                .forEach((id, said) ->
                        outcomes.merge(id, said, (here, there) -> isCertain(id, here, there) ? there : here));
        return new ConformanceTable(machines, columnsWith(report.column(), outcomes));
    }

    /** What should be and isn't depends on how busy the machine is, and what can't be tried on what it can do. */
    private static boolean isCertain(String id, Outcome here, Outcome said) {
        RuleText rule = RuleBook.rules().get(id);
        return (rule == null || rule.level() != Level.SHOULD)
                && here != Outcome.FORGIVEN
                && said != Outcome.FORGIVEN
                && said != Outcome.NOT_RUN;
    }

    private SortedMap<Column, Map<String, Outcome>> columnsWith(Column column, Map<String, Outcome> outcomes) {
        SortedMap<Column, Map<String, Outcome>> result = new TreeMap<>(columns);
        result.put(column, outcomes);
        return result;
    }

    /** The page, with this as its part. */
    String in(String page) {
        return page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + "\n" + this + "\n"
                + page.substring(page.indexOf(END));
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>(List.of("| JDK | where |", "|---|---|"));
        machines.forEach((jdk, machine) -> lines.add(row(Stream.of(jdk, machine))));
        lines.add("");
        lines.add(row(Stream.concat(Stream.of("rule", "level", "what it is about"), columns.keySet().stream())));
        lines.add("|---|---|---|" + ":-:|".repeat(columns.size()));
        for (RuleText rule : RuleBook.rules().values()) {
            lines.add(row(Stream.concat(
                    Stream.of(link(rule), level(rule), beginning(rule.text())),
                    columns.values().stream().map(outcomes -> MARKS.getOrDefault(outcomes.get(rule.id()), "")))));
        }
        lines.add(row(Stream.concat(
                Stream.of("all", "", ""), columns.values().stream().map(ConformanceTable::counts))));
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String row(Stream<?> cells) {
        return cells.map(cell -> " " + cell + " ").collect(Collectors.joining("|", "|", "|"));
    }

    /** To the rule's heading, which a browser knows by its letters, digits, hyphens and blanks. */
    private static String link(RuleText rule) {
        String anchor = rule.id() + "--" + level(rule).replaceAll("[()]", "");
        return "[" + rule.id() + "](" + RULES + "#" + anchor.toLowerCase(Locale.ROOT) + ")";
    }

    private static String level(RuleText rule) {
        return rule.capability() == null ? rule.level().name() : "CAP(" + rule.capability() + ")";
    }

    /** The first clause. */
    private static String beginning(String text) {
        return text.split("[:;.]( |$)", 2)[0].replace("|", "\\|");
    }

    private static String counts(Map<String, Outcome> outcomes) {
        List<Outcome> all = RuleBook.rules().keySet().stream()
                .filter(outcomes::containsKey)
                .map(outcomes::get)
                .toList();
        return MARKS.keySet().stream()
                .filter(all::contains)
                .map(outcome -> Collections.frequency(all, outcome) + " " + MARKS.get(outcome))
                .collect(Collectors.joining(", "));
    }
}
