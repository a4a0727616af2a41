// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

/** One question put to several contenders. A subcommand of the bench jar. */
public interface Bench {
    /** The subcommand's name, and the first column of its figures. */
    String name();

    /** A sentence for the help. */
    String description();

    /**
     * Measures, prints what it does as it goes, and adds what it finds to the figures. A contender that this machine
     * or this JVM can't have is left out with a printed reason.
     *
     * @throws Exception if the bench as a whole can't go on
     */
    void run(Settings settings, Figures figures) throws Exception;
}
