// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntConsumer;

/** Tries a call at each stack depth around the edge: from where nothing has room to where it succeeds. */
public final class StackEdge {
    /** How many attempts there are at most. */
    public static final int ATTEMPTS = 2000;

    private static final int SUCCESSES = 5;
    private static final long STACK_BYTES = 512 * 1024;

    private final IntConsumer attempt;
    private final boolean[] overflowed = new boolean[ATTEMPTS];
    private int count;
    private int attempts;
    private int successes;

    private StackEdge(IntConsumer attempt) {
        this.attempt = attempt;
    }

    /**
     * Makes attempts, numbered from 0, each a frame nearer to the stack's beginning than the last, until some succeed.
     *
     * @return whether the stack has overflowed, by attempt; false too for those that weren't made
     */
    public static boolean[] overflows(IntConsumer attempt) {
        StackEdge edge = new StackEdge(attempt);
        Throwable[] failure = {null};
        Thread thread = new Thread(null, edge::dive, "stack edge", STACK_BYTES);
        thread.setUncaughtExceptionHandler((of, thrown) -> failure[0] = thrown);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(failure[0]).isNull();
        assertThat(edge.attempts).as("attempts").isLessThan(ATTEMPTS);
        assertThat(edge.count).as("depths with too little stack").isPositive();
        return edge.overflowed;
    }

    @SuppressWarnings("InfiniteRecursion") // Until the stack is full.
    private void dive() {
        try {
            dive();
        } catch (StackOverflowError e) {
            // This is the edge, and from here on outwards it is tried.
        }
        if (successes < SUCCESSES && attempts < ATTEMPTS) {
            int number = attempts;
            try {
                attempt.accept(number);
                successes++;
            } catch (StackOverflowError e) {
                overflowed[number] = true;
                count++;
            }
            attempts = number + 1;
        }
    }
}
