// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import java.util.Map;

/** Who is measured, and how. */
public interface Contender {
    /** Its name in the tables. */
    String who();

    /** {@link Figure#THIS_JDK}, or {@link Figure#NATIVE} if it is no Java program. */
    String jdk();

    /**
     * Measures once.
     *
     * @return metrics and their values, in the order in which they are to be read
     */
    Map<String, Double> measure() throws Exception;

    /** One made of its parts. */
    static Contender of(String who, String jdk, Measurement measurement) {
        return new Contender() {
            @Override
            public String who() {
                return who;
            }

            @Override
            public String jdk() {
                return jdk;
            }

            @Override
            public Map<String, Double> measure() throws Exception {
                return measurement.measure();
            }
        };
    }

    /** What {@link Contender#measure} does. */
    interface Measurement {
        /** Measures once. */
        Map<String, Double> measure() throws Exception;
    }
}
