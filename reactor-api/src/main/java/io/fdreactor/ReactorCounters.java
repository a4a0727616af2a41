// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * What a reactor has done since it was opened. All but {@code descriptors} and {@code connectionsOpen} only grow, so the
 * difference of two snapshots tells what happened in between.
 *
 * @param turns turns of the loop
 * @param waits those of them that were ready to sleep until something happens
 * @param events ready descriptors that were called, or lost for what was found about them
 * @param staleEvents events of descriptors that were gone by then, and so reached nobody
 * @param threadCalls calls that came from {@code callFromThread}, or from the reactor's own threads
 * @param delayedCalls calls whose time had come
 * @param wakeups how often another thread had to end a sleep
 * @param maxLagNanos how late a delayed call was noticed at the worst, in nanoseconds
 * @param descriptors how many files are watched now, the reactor's own sockets included
 * @param connectionsOpen how many TCP connections are open now
 * @param connectionsAccepted TCP connections that came in, and were given a protocol
 * @param connectionsMade TCP connections that went out, and were given a protocol
 * @param bytesRead what came in through TCP connections
 * @param bytesWritten what the kernel took from them, files included
 */
public record ReactorCounters(
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
        long bytesWritten) {}
