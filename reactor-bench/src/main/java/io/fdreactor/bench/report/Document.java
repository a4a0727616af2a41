// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.report;

import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A Markdown document with places for tables. Between {@code <!-- figures NAME -->} and {@code <!-- end -->}, each a line
 * of its own, stand the tables of the bench of that name; all else belongs to whoever writes the prose.
 */
final class Document {
    private static final String BEGIN = "<!-- figures ";
    private static final String END = "<!-- end -->";

    private Document() {}

    /** Where the document has a place for tables: names of benches. */
    static Set<String> places(String text) {
        return text.lines()
                .filter(line -> line.startsWith(BEGIN))
                .map(Document::nameIn)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * The document with the tables of these figures. A place whose bench has no figures keeps what it has.
     *
     * @throws IllegalArgumentException if a place has no end
     */
    static String withTables(String text, List<Figure> figures) {
        List<String> result = new ArrayList<>();
        String place = "";
        List<String> kept = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (place.isEmpty()) {
                result.add(line);
                place = line.startsWith(BEGIN) ? nameIn(line) : "";
            } else if (line.equals(END)) {
                List<String> tables = tablesOf(place, figures);
                result.addAll(tables.isEmpty() ? kept : tables);
                result.add(line);
                kept.clear();
                place = "";
            } else {
                kept.add(line);
            }
        }
        if (!place.isEmpty()) {
            throw new IllegalArgumentException(
                    "the place for [" + place + "] has no end: add a line [" + END + "] behind it");
        }
        return String.join("\n", result);
    }

    private static List<String> tablesOf(String bench, List<Figure> figures) {
        List<Figure> own =
                figures.stream().filter(figure -> figure.bench().equals(bench)).toList();
        List<String> lines = new ArrayList<>();
        for (Table table : Table.of(own)) {
            lines.add("");
            table.toMarkdown().lines().forEach(lines::add);
        }
        if (!lines.isEmpty()) {
            lines.add("");
        }
        return lines;
    }

    private static String nameIn(String line) {
        return line.substring(BEGIN.length()).replace("-->", "").strip();
    }
}
