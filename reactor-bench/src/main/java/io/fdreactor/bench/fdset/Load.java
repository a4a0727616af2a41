// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.fdset;

/**
 * What a contender is asked to do.
 *
 * @param kind {@link #PIPES} or {@link #SOCKETS}
 * @param pairs how many are watched
 * @param active how many bytes are under way at any time
 * @param events how many to measure
 * @param warmMillis for how long to do the same before
 */
record Load(String kind, int pairs, int active, int events, int warmMillis) {
    /** pipe(2). */
    static final String PIPES = "pipes";

    /** socketpair(2), UNIX streams. */
    static final String SOCKETS = "sockets";

    /** As it is sent to a child. */
    String line() {
        return kind + " " + pairs + " " + active + " " + events + " " + warmMillis;
    }

    static Load parse(String line) {
        String[] words = line.split(" ");
        return new Load(
                words[0],
                Integer.parseInt(words[1]),
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]));
    }
}
