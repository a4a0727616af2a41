// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

/**
 * One number that was measured.
 *
 * @param bench the name of the bench
 * @param cell the load, such as {@code "n=1000"} or {@code "200 conn, 64 B"}
 * @param who the contender
 * @param jdk the feature number of the JVM it ran on, {@link #NATIVE} without one
 * @param metric what was measured
 * @param unit of the value, {@link #RATIO} for a median of ratios to the reference of the same round
 */
public record Figure(String bench, String cell, String who, String jdk, String metric, double value, String unit) {
    /** The JDK of programs that need none. */
    public static final String NATIVE = "-";

    /** The JDK of this JVM. */
    public static final String THIS_JDK = String.valueOf(Runtime.version().feature());

    /** The unit of what is allocated: near 0 a ratio says nothing, so there is none. */
    public static final String BYTES = "B";

    /** The unit of a ratio to the reference of the same round. */
    public static final String RATIO = "ratio";

    /** Whether it is a ratio to a reference. */
    public boolean isRatio() {
        return unit.equals(RATIO);
    }

    /** The same question under the same load, to the same contender: of two such figures, the later counts. */
    Figure key() {
        return new Figure(bench, cell, who, jdk, metric, 0, unit);
    }
}
