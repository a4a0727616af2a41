// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.report;

import io.fdreactor.bench.harness.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * A line for each contender over a load, both axes logarithmic, as SVG. Ink and paper follow the reader's light or dark
 * setting; a contender has the same colour in every plot and on every JDK, and each JDK its own dashes.
 *
 * @param xLabel what the load counts
 * @param yLabel what was measured, and its unit
 * @param lines from load to value, all positive
 */
record LinePlot(String title, String xLabel, String yLabel, Map<Line, SortedMap<Double, Double>> lines) {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 480;
    private static final int LEFT = 70;
    private static final int RIGHT = 660;
    private static final int TOP = 40;
    private static final int BOTTOM = 430;

    /** Ours are thick and warm, those without a JVM grey, and the others thin and cool. */
    private static final Map<String, String> COLOURS = Map.ofEntries(
            Map.entry("fdreactor", "#d6336c"),
            Map.entry("fdreactor epoll/ffm", "#d6336c"),
            Map.entry("fdreactor epoll/jna", "#e4572e"),
            Map.entry("fdreactor poll/ffm", "#c77dff"),
            Map.entry("fdreactor poll/jna", "#b8860b"),
            Map.entry("fdreactor select", "#ff922b"),
            Map.entry("C epoll", "#777777"),
            Map.entry("C poll", "#999999"),
            Map.entry("libevent", "#555555"),
            Map.entry("bare epoll/ffm", "#1b9e77"),
            Map.entry("bare epoll/jna", "#7a9e00"),
            Map.entry("Netty", "#2e86de"),
            Map.entry("Netty epoll", "#2e86de"),
            Map.entry("Netty NIO", "#0fa3b1"),
            Map.entry("NIO Selector", "#5c7cfa"),
            Map.entry("HashedWheelTimer", "#0fa3b1"),
            Map.entry("ScheduledThreadPoolExecutor", "#7a9e00"));

    private static final String COLOUR_OF_OTHERS = "#9b59b6";

    private static final List<String> DASHES = List.of("none", "7 4", "2 3");

    /** Whose line it is. */
    record Line(String who, String jdk) {}

    String svg() {
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        lines.values().forEach(points -> {
            xs.addAll(points.keySet());
            ys.addAll(points.values());
        });
        LogAxis x = LogAxis.over(xs, LEFT, RIGHT);
        LogAxis y = LogAxis.over(ys, BOTTOM, TOP);
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"12\">\n",
                WIDTH, HEIGHT));
        svg.append("<style>text{fill:#222}.grid{stroke:#ccc}rect{fill:#fff}"
                + "@media(prefers-color-scheme:dark){text{fill:#ddd}.grid{stroke:#444}rect{fill:#111}}</style>\n");
        svg.append(String.format("<rect width=\"%d\" height=\"%d\"/>\n", WIDTH, HEIGHT));
        text(svg, LEFT, TOP - 18, "start", title);
        text(svg, (LEFT + RIGHT) / 2.0, HEIGHT - 12, "middle", xLabel);
        svg.append(String.format(
                "<text transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n",
                (TOP + BOTTOM) / 2, escaped(yLabel)));
        for (double mark : x.marks()) {
            grid(svg, x.pixel(mark), TOP, x.pixel(mark), BOTTOM);
            text(svg, x.pixel(mark), BOTTOM + 18, "middle", LogAxis.text(mark));
        }
        for (double mark : y.marks()) {
            grid(svg, LEFT, y.pixel(mark), RIGHT, y.pixel(mark));
            text(svg, LEFT - 8, y.pixel(mark) + 4, "end", LogAxis.text(mark));
        }
        drawLines(svg, x, y);
        return svg.append("</svg>\n").toString();
    }

    private void drawLines(StringBuilder svg, LogAxis x, LogAxis y) {
        Map<String, String> dashes = new LinkedHashMap<>();
        int row = 0;
        for (Map.Entry<Line, SortedMap<Double, Double>> entry : lines.entrySet()) {
            Line line = entry.getKey();
            if (!line.jdk().equals(Figure.NATIVE)) {
                dashes.computeIfAbsent(line.jdk(), jdk -> DASHES.get(dashes.size() % DASHES.size()));
            }
            String style = String.format(
                    "fill=\"none\" stroke-width=\"%s\" stroke=\"%s\" stroke-dasharray=\"%s\"",
                    line.who().startsWith("fdreactor") ? "2.5" : "1.25",
                    COLOURS.getOrDefault(line.who(), COLOUR_OF_OTHERS),
                    dashes.getOrDefault(line.jdk(), "none"));
            StringBuilder points = new StringBuilder();
            entry.getValue()
                    .forEach((load, value) ->
                            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x.pixel(load), y.pixel(value))));
            svg.append(String.format(
                    "<polyline %s points=\"%s\"/>\n", style, points.toString().strip()));
            double at = TOP + 8 + row * 16.0;
            svg.append(String.format(Locale.ROOT, "<path %s d=\"M%d %.1fh28\"/>\n", style, RIGHT + 14, at));
            text(
                    svg,
                    RIGHT + 48,
                    at + 4,
                    "start",
                    line.jdk().equals(Figure.NATIVE) ? line.who() : line.who() + ", JDK " + line.jdk());
            row++;
        }
    }

    private static void grid(StringBuilder svg, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
                x1,
                y1,
                x2,
                y2));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n",
                x,
                y,
                anchor,
                escaped(text)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
