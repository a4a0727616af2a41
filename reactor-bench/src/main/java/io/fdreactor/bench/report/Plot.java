// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.report;

import io.fdreactor.bench.harness.Figure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which figures go into a plot.
 *
 * @param name of its file, without the ending
 * @param bench whose figures
 * @param metric of theirs
 * @param unit of theirs
 * @param cells the whole of a cell; the first group is the load
 * @param load what the load counts
 */
record Plot(String name, String bench, String metric, String unit, Pattern cells, String load) {
    private static final Pattern N = Pattern.compile("n=(\\d+)");

    /** All that the document shows. */
    static final List<Plot> ALL = List.of(
            new Plot("fd-set-event", "fd-set", "event", "ns", N, "pipes watched, 100 of them active"),
            new Plot("fd-set-registration", "fd-set", "registration", "ns", N, "pipes"),
            ofEcho("echo-64-requests", "requests", "64 B"),
            ofEcho("echo-4096-requests", "requests", "4 KiB"),
            ofEcho("echo-64-cpu", "server CPU a request", "64 B"),
            ofEcho("echo-4096-cpu", "server CPU a request", "4 KiB"),
            ofTimers("timers-cancel", "scheduleAndCancel"),
            ofTimers("timers-fire", "scheduleAndFire"),
            ofTimers("timers-reset", "reset"));

    private static Plot ofEcho(String name, String metric, String size) {
        Pattern cells = Pattern.compile("([\\d,]+) conn, " + Pattern.quote(size));
        return new Plot(name, "echo", metric, Figure.RATIO, cells, "connections, messages of " + size);
    }

    private static Plot ofTimers(String name, String operation) {
        return new Plot(name, "timers", operation, "ns", Pattern.compile("([\\d,]+) pending"), "delayed calls pending");
    }

    /** The plot of these figures, if any of them belong there. What isn't positive has no place on its axes. */
    Optional<LinePlot> of(List<Figure> figures) {
        Map<LinePlot.Line, SortedMap<Double, Double>> lines = new LinkedHashMap<>();
        for (Figure figure : figures) {
            Matcher cell = cells.matcher(figure.cell());
            if (figure.bench().equals(bench)
                    && figure.metric().equals(metric)
                    && figure.unit().equals(unit)
                    && figure.value() > 0
                    && cell.matches()) {
                lines.computeIfAbsent(new LinePlot.Line(figure.who(), figure.jdk()), line -> new TreeMap<>())
                        .put(Double.valueOf(cell.group(1).replace(",", "")), figure.value());
            }
        }
        String title = bench + ": " + metric;
        return lines.isEmpty() ? Optional.empty() : Optional.of(new LinePlot(title, load, metric + ", " + unit, lines));
    }
}
