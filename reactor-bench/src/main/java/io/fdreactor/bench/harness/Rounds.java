// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Contenders measured in turn, round after round: A, B, C, A, B, C. What the machine does meanwhile befalls them alike,
 * so a ratio within a round says more than two figures of different minutes. A contender that fails is left out from then
 * on, with a printed reason.
 */
public final class Rounds {
    private final List<Contender> contenders;
    private final List<Map<Contender, Map<String, Double>>> rounds = new ArrayList<>();
    private final Set<Contender> failed = new LinkedHashSet<>();

    private Rounds(List<Contender> contenders) {
        this.contenders = contenders;
    }

    /** Measures each of them once a round. */
    public static Rounds of(int count, List<Contender> contenders) throws InterruptedException {
        Rounds all = new Rounds(List.copyOf(contenders));
        for (int i = 0; i < count; i++) {
            all.round();
        }
        return all;
    }

    private void round() throws InterruptedException {
        Map<Contender, Map<String, Double>> round = new LinkedHashMap<>();
        for (Contender contender : contenders) {
            if (failed.contains(contender)) {
                continue;
            }
            try {
                round.put(contender, contender.measure());
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                failed.add(contender);
                System.out.println("left out: " + contender.who() + ", " + e);
            }
        }
        rounds.add(round);
    }

    /**
     * Adds, for each contender and metric, the median of its values and, if the reference was there, the median of the
     * ratios to it; no ratio of bytes.
     *
     * @param bench the name of the bench
     * @param cell the load
     * @param reference the contender that is 1.00, such as {@code "C epoll"}
     * @param units of the metrics; one without a unit is not kept
     */
    public void addTo(Figures figures, String bench, String cell, String reference, Map<String, String> units)
            throws IOException {
        for (Contender contender : contenders) {
            if (failed.contains(contender)) {
                continue;
            }
            for (Map.Entry<String, String> unit : units.entrySet()) {
                String metric = unit.getKey();
                List<Double> ratios = ratios(contender, reference, metric);
                if (!ratios.isEmpty() && !unit.getValue().equals(Figure.BYTES)) {
                    figures.add(figure(bench, cell, contender, metric, Medians.of(ratios), Figure.RATIO));
                }
                List<Double> values = values(contender, metric);
                if (!values.isEmpty()) {
                    figures.add(figure(bench, cell, contender, metric, Medians.of(values), unit.getValue()));
                }
            }
        }
    }

    private static Figure figure(
            String bench, String cell, Contender contender, String metric, double value, String unit) {
        return new Figure(bench, cell, contender.who(), contender.jdk(), metric, value, unit);
    }

    /** What a contender's rounds gave for a metric; empty without it, and for one that failed. */
    public List<Double> values(Contender contender, String metric) {
        List<Double> values = new ArrayList<>();
        if (failed.contains(contender)) {
            return values;
        }
        for (Map<Contender, Map<String, Double>> round : rounds) {
            Double value = round.getOrDefault(contender, Map.of()).get(metric);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private List<Double> ratios(Contender contender, String reference, String metric) {
        List<Double> ratios = new ArrayList<>();
        for (Map<Contender, Map<String, Double>> round : rounds) {
            Double value = round.getOrDefault(contender, Map.of()).get(metric);
            for (Map.Entry<Contender, Map<String, Double>> other : round.entrySet()) {
                Double unit = other.getValue().get(metric);
                if (other.getKey().who().equals(reference) && value != null && unit != null && unit > 0) {
                    ratios.add(value / unit);
                }
            }
        }
        return ratios;
    }
}
