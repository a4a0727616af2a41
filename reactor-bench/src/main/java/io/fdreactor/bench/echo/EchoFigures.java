// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.echo;

import io.fdreactor.bench.harness.Contender;
import io.fdreactor.bench.harness.Figure;
import io.fdreactor.bench.harness.Figures;
import io.fdreactor.bench.harness.Medians;
import io.fdreactor.bench.harness.Rounds;
import java.io.IOException;
import java.util.List;

/**
 * What the client's answers come to. A ratio is the client's own, for each contender was measured beside the reference;
 * of all these, the reference's own figures are the median.
 */
record EchoFigures(String bench, String cell, Rounds rounds, List<Contender> contenders) {
    /** As the client calls it, and as the tables do. */
    private record Metric(String key, String name, String unit) {}

    private static final List<Metric> METRICS = List.of(
            new Metric("requests", "requests", "1/s"),
            new Metric("cpu", "server CPU a request", "µs"),
            new Metric("p50", "p50", "µs"),
            new Metric("p99", "p99", "µs"),
            new Metric("p99.9", "p99.9", "µs"));

    void addTo(Figures figures) throws IOException {
        for (Metric metric : METRICS) {
            for (Contender contender : contenders) {
                add(figures, contender, metric.name(), Figure.RATIO, "ratio." + metric.key());
            }
            List<Double> references = contenders.stream()
                    .flatMap(contender -> rounds.values(contender, "reference." + metric.key()).stream())
                    .toList();
            if (!references.isEmpty()) {
                figures.add(new Figure(
                        bench,
                        cell,
                        EchoPrograms.REFERENCE,
                        Figure.NATIVE,
                        metric.name(),
                        Medians.of(references),
                        metric.unit()));
            }
            for (Contender contender : contenders) {
                add(figures, contender, metric.name(), metric.unit(), "candidate." + metric.key());
            }
        }
        for (Contender contender : contenders) {
            add(figures, contender, "clean pairs", "1", "pairs.clean");
        }
    }

    private void add(Figures figures, Contender contender, String metric, String unit, String key) throws IOException {
        List<Double> values = rounds.values(contender, key);
        if (!values.isEmpty()) {
            figures.add(new Figure(bench, cell, contender.who(), contender.jdk(), metric, Medians.of(values), unit));
        }
    }
}
