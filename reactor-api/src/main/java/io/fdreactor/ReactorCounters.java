// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * A snapshot of what a reactor has done since it was opened. All values but {@link #descriptors} and
 * {@link #connectionsOpen} only grow, so the difference of two snapshots tells what happened in between. Immutable; from any
 * thread. A later version may have more counters, as default methods.
 */
public interface ReactorCounters {
    /** Turns of the loop. */
    long turns();

    /** Turns that were ready to sleep until something happens. */
    long waits();

    /** Ready descriptors that were called, or closed because of what was found about them. */
    long events();

    /** Events of descriptors that were gone by then, and so reached no callback. */
    long staleEvents();

    /** Calls from {@code callFromThread}, or from the reactor's own threads. */
    long threadCalls();

    /** Calls whose time had come. */
    long delayedCalls();

    /** How often another thread had to end a sleep. */
    long wakeups();

    /** The longest delay, in nanoseconds, between the time of a delayed call and its being noticed. */
    long maxLagNanos();

    /** How many files are watched now, the reactor's own sockets included. */
    long descriptors();

    /** How many connections are open now. */
    long connectionsOpen();

    /** Incoming connections that were given a protocol. */
    long connectionsAccepted();

    /** Outgoing connections that were given a protocol. */
    long connectionsMade();

    /** Bytes that were read from connections. */
    long bytesRead();

    /** Bytes of connections that the kernel took, files included. */
    long bytesWritten();
}
