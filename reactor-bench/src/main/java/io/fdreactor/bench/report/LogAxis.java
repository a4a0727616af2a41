// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.report;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/** A logarithmic scale on a line of so many pixels, and where it is marked. */
record LogAxis(double least, double most, double from, double to) {
    private static final double[] STEPS = {1, 2, 5};

    /** One that holds all of the values, which are positive, between these pixels. */
    static LogAxis over(List<Double> values, double from, double to) {
        DoubleSummaryStatistics all =
                values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        return new LogAxis(all.getMin() / 1.15, all.getMax() * 1.15, from, to);
    }

    double pixel(double value) {
        return from + (to - from) * Math.log(value / least) / Math.log(most / least);
    }

    /** Round values within the scale: 1, 2, 5, 10 and so on, or more of them where the scale is short. */
    List<Double> marks() {
        List<Double> marks = marksAt(STEPS);
        return marks.size() >= 3 ? marks : marksAt(1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9);
    }

    private List<Double> marksAt(double... steps) {
        List<Double> marks = new ArrayList<>();
        for (double decade = Math.pow(10, Math.floor(Math.log10(least))); decade <= most; decade *= 10) {
            for (double step : steps) {
                double mark = decade * step;
                if (mark >= least && mark <= most) {
                    marks.add(mark);
                }
            }
        }
        return marks;
    }

    /** A mark as it is written: no more digits than it has. */
    static String text(double mark) {
        return mark >= 10
                ? String.format(Locale.ROOT, "%,.0f", mark)
                : String.valueOf(Math.round(mark * 1e4) / 1e4).replaceAll("\\.0$", "");
    }
}
