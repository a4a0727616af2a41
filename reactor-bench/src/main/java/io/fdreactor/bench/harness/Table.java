// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Figures of one metric: a row for each contender and JDK, a column for each cell.
 *
 * @param title the metric and its unit
 * @param rows a row's name first, then as many values as there are columns; an absent one is empty
 */
public record Table(String title, List<String> columns, List<List<String>> rows) {
    /** One table for each metric and unit, ratios first, otherwise in the order of the figures. */
    public static List<Table> of(List<Figure> figures) {
        Map<String, List<Figure>> ratios = new LinkedHashMap<>();
        Map<String, List<Figure>> others = new LinkedHashMap<>();
        for (Figure figure : figures) {
            (figure.isRatio() ? ratios : others)
                    .computeIfAbsent(figure.metric() + ", " + figure.unit(), title -> new ArrayList<>())
                    .add(figure);
        }
        List<Table> tables = new ArrayList<>();
        ratios.forEach((title, members) -> tables.add(pivot(title, members)));
        others.forEach((title, members) -> tables.add(pivot(title, members)));
        return tables;
    }

    private static Table pivot(String title, List<Figure> figures) {
        Set<String> columns = new LinkedHashSet<>();
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        for (Figure figure : figures) {
            columns.add(figure.cell());
            rows.computeIfAbsent(name(figure), row -> new LinkedHashMap<>()).put(figure.cell(), text(figure));
        }
        List<List<String>> lines = new ArrayList<>();
        rows.forEach((name, values) -> {
            List<String> line = new ArrayList<>(List.of(name));
            columns.forEach(column -> line.add(values.getOrDefault(column, "")));
            lines.add(line);
        });
        return new Table(title, List.copyOf(columns), lines);
    }

    /** A contender as it is called where several JDKs meet. */
    public static String name(Figure figure) {
        return figure.jdk().equals(Figure.NATIVE) ? figure.who() : figure.who() + ", JDK " + figure.jdk();
    }

    private static String text(Figure figure) {
        double value = figure.value();
        if (figure.isRatio() || Math.abs(value) < 10 && value != Math.rint(value)) {
            return String.format(Locale.ROOT, "%.2f", value);
        }
        return String.format(Locale.ROOT, Math.abs(value) < 100 && value != Math.rint(value) ? "%.1f" : "%,.0f", value);
    }

    /** For a terminal. */
    public String toText() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(header());
        lines.addAll(rows);
        int[] widths = new int[columns.size() + 1];
        lines.forEach(line -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        return lines.stream().map(line -> padded(line, widths)).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String padded(List<String> line, int[] widths) {
        StringBuilder text = new StringBuilder(String.format("%-" + widths[0] + "s", line.get(0)));
        for (int i = 1; i < widths.length; i++) {
            text.append("  ").append(String.format("%" + widths[i] + "s", line.get(i)));
        }
        return text.toString();
    }

    /** For a Markdown file. */
    public String toMarkdown() {
        StringBuilder text = new StringBuilder(markdownLine(header()));
        text.append("|---|").append("--:|".repeat(columns.size())).append('\n');
        rows.forEach(row -> text.append(markdownLine(row)));
        return text.toString();
    }

    private static String markdownLine(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private List<String> header() {
        List<String> header = new ArrayList<>(List.of(title));
        header.addAll(columns);
        return header;
    }
}
