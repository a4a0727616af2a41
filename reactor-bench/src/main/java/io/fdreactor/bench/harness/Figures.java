// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of a directory: a CSV file that every run adds to, so that runs on several JDKs make one picture. A later
 * figure replaces an earlier one of the same bench, cell, contender, JDK and metric when they are read.
 *
 * <p>Each figure is on disk when {@link #add} returns: what a run had found before it was ended is kept. For one thread.
 */
public final class Figures {
    private static final String FILE = "figures.csv";

    private final Path file;
    private final List<Figure> added = new ArrayList<>();

    private Figures(Path file) {
        this.file = file;
    }

    /** Those of this directory, which is made if need be. */
    public static Figures in(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve(FILE);
        if (Files.notExists(file)) {
            Files.writeString(file, Csv.HEADER + "\n");
        }
        return new Figures(file);
    }

    /** Keeps a figure. */
    public void add(Figure figure) throws IOException {
        Files.writeString(file, Csv.line(figure) + "\n", StandardOpenOption.APPEND);
        added.add(figure);
    }

    /** What was added through this object, in order. */
    public List<Figure> added() {
        return List.copyOf(added);
    }

    /** All that the directory has, in order of first appearance, each in its latest version. */
    public List<Figure> all() throws IOException {
        Map<Figure, Figure> latest = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.equals(Csv.HEADER) && !line.isBlank()) {
                Figure figure = Csv.figure(line);
                latest.put(figure.key(), figure);
            }
        }
        return List.copyOf(latest.values());
    }
}
