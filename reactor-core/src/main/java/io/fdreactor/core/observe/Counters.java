// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.observe;

import io.fdreactor.IReactorMetrics;
import io.fdreactor.ReactorCounters;

/**
 * What {@link ReactorCounters} is made of, where each field is explained.
 *
 * <p>The loop's thread owns the fields, and counts by plain additions; {@link #wakeups} is guarded by the waker's lock.
 * A snapshot reads them from wherever it is taken, without a fence: it may see one count before another that was made
 * earlier, and on a 32-bit JVM half of one.
 */
public final class Counters implements IReactorMetrics {
    public long turns;
    public long waits;
    public long events;
    public long staleEvents;
    public long threadCalls;
    public long delayedCalls;
    public long wakeups;
    public long maxLagNanos;
    public long descriptors;
    public long connectionsAccepted;
    public long connectionsMade;
    /** Of those accepted and made, who are gone. */
    public long connectionsLost;

    public long bytesRead;
    public long bytesWritten;

    @Override
    public ReactorCounters counters() {
        // Read first, lest more be lost than there were.
        long lost = connectionsLost;
        long accepted = connectionsAccepted;
        long made = connectionsMade;
        return new Snapshot(
                turns,
                waits,
                events,
                staleEvents,
                threadCalls,
                delayedCalls,
                wakeups,
                maxLagNanos,
                descriptors,
                Math.max(0, accepted + made - lost),
                accepted,
                made,
                bytesRead,
                bytesWritten);
    }

    /** One reading of them; its components are the names that JMX shows. */
    record Snapshot(
            long turns,
            long waits,
            long events,
            long staleEvents,
            long threadCalls,
            long delayedCalls,
            long wakeups,
            long maxLagNanos,
            long descriptors,
            long connectionsOpen,
            long connectionsAccepted,
            long connectionsMade,
            long bytesRead,
            long bytesWritten)
            implements ReactorCounters {}
}
