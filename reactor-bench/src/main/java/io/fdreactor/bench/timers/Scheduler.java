// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.timers;

/**
 * One contender: it makes one and the same call after a delay, as often as it is scheduled. Confined to the thread that
 * made it, which is the loop's own where there is a loop.
 */
interface Scheduler extends AutoCloseable {
    /** Answers what {@link #cancel} and {@link #reset} take. */
    Object schedule(long delayNanos);

    /** Of a timer that is pending. */
    void cancel(Object timer);

    /** Makes a pending one wait again, for this long from now; answers the one that is pending from then on. */
    default Object reset(Object timer, long delayNanos) {
        cancel(timer);
        return schedule(delayNanos);
    }

    /** Lets what is due run: here, or, where that is another thread's work, by not standing in its way. */
    void runDue();

    @Override
    void close();
}
