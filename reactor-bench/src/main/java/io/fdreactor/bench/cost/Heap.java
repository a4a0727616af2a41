// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.cost;

import java.lang.management.ManagementFactory;
import java.util.List;

/** How much of the heap is alive. Exact to some kilobytes under {@link #OPTIONS}; memory outside the heap is not in it. */
final class Heap {
    /** For a JVM whose heap is measured: a collector that leaves nothing behind, not even what is softly reachable. */
    static final List<String> OPTIONS =
            List.of("-XX:+UseSerialGC", "-XX:SoftRefLRUPolicyMSPerMB=0", "-Xms256m", "-Xmx256m");

    /** What a collection may still find without our looking for more. */
    private static final long NOISE_BYTES = 1_024;

    private Heap() {}

    /**
     * Bytes in use once collections find nothing more. What hangs on a cleaner goes in the collection after the one that
     * has found it, as soon as the cleaner's thread has run.
     */
    static long live() throws InterruptedException {
        long before;
        long now = Long.MAX_VALUE;
        do {
            before = now;
            System.gc();
            Thread.sleep(50);
            System.gc();
            now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        } while (before - now > NOISE_BYTES);
        return now;
    }
}
