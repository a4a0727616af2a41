// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.report;

import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Puts the figures into the document on performance, and draws its plots beside it. */
@Command(
        name = "report",
        description = "Puts the figures into docs/performance.md: its tables, and its plots.",
        mixinStandardHelpOptions = true)
public final class Report implements Callable<Integer> {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = "target/bench",
            description = "Where the figures are (default: ${DEFAULT-VALUE}).")
    private Path directory = Path.of("");

    @Option(
            names = "--docs",
            paramLabel = "DIR",
            defaultValue = "docs",
            description = "Where performance.md is (default: ${DEFAULT-VALUE}).")
    private Path docs = Path.of("");

    /** For the command line's parser. */
    public Report() {}

    @Override
    public Integer call() throws IOException {
        write(Figures.in(directory).all(), docs);
        return 0;
    }

    /** Writes the document's tables, and those plots that have figures. */
    static void write(List<Figure> figures, Path docs) throws IOException {
        Path document = docs.resolve("performance.md");
        String text = Files.readString(document);
        Files.writeString(document, Document.withTables(text, figures));
        figures.stream()
                .map(Figure::bench)
                .distinct()
                .filter(bench -> !Document.places(text).contains(bench))
                .forEach(bench -> System.out.println("left out: " + document + " has no place for [" + bench + "]"));
        Path plots = Files.createDirectories(docs.resolve("performance"));
        for (Plot plot : Plot.ALL) {
            Optional<LinePlot> drawn = plot.of(figures);
            if (drawn.isPresent()) {
                Path file = plots.resolve(plot.name() + ".svg");
                Files.writeString(file, drawn.get().svg());
                System.out.println("wrote: " + file);
            } else {
                System.out.println("left out: " + plot.name() + ".svg, for there are no figures for it");
            }
        }
        System.out.println("wrote: " + document);
    }
}
