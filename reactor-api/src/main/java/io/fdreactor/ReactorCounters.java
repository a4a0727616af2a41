// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * A snapshot of what a reactor has done since it was opened. All values except {@link #descriptors},
 * {@link #connectionsOpen} and {@link #maxLagNanos} are sums, so the difference of two snapshots says what happened in
 * between. Immutable; from any thread. A later version may have more counters, as default methods.
 */
public interface ReactorCounters {
    /** {@return the turns of the loop} */
    long turns();

    /** {@return the turns that were ready to sleep until something happens} */
    long waits();

    /** {@return the ready descriptors that were called, or dropped because of what was found about them} */
    long events();

    /** {@return the events of descriptors that had been removed by then, which reached no callback} */
    long staleEvents();

    /** {@return the calls from {@code callFromThread}, or from the reactor's own threads} */
    long threadCalls();

    /** {@return the delayed calls that became due} */
    long delayedCalls();

    /** {@return the number of times that another thread ended a sleep} */
    long wakeups();

    /**
     * {@return the longest delay, in nanoseconds, between the time of a delayed call and the moment at which the loop
     * noticed it}
     */
    long maxLagNanos();

    /** {@return the number of files that are watched now, including the reactor's own sockets} */
    long descriptors();

    /** {@return the number of connections that are open now} */
    long connectionsOpen();

    /** {@return the incoming connections that were given a protocol} */
    long connectionsAccepted();

    /** {@return the outgoing connections that were given a protocol} */
    long connectionsMade();

    /** {@return the bytes that were read from connections} */
    long bytesRead();

    /** {@return the bytes of connections that the kernel took, including files} */
    long bytesWritten();
}
