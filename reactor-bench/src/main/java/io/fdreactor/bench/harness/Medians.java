// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import java.util.Arrays;
import java.util.Collection;

/** The middle of a few numbers. */
public final class Medians {
    private Medians() {}

    /** The median; of an even number, the mean of the two in the middle. */
    public static double of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values have no median");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** As {@link #of(double...)}. */
    public static double of(Collection<Double> values) {
        return of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
