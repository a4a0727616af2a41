// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.spi;

import java.io.IOException;

/**
 * Waits for descriptors to become ready: epoll(7), poll(2), a Selector. That is all it does: which object is to
 * be called, in which order and whether an event is stale, is the core's business.
 *
 * <p><b>Threads.</b> All methods but {@link #wakeup} are called by one thread at a time, with a happens-before
 * edge between two threads that follow each other. {@link #wakeup} comes from any thread, also while another is
 * in {@link #poll}, but never beside or after {@link #close}. A poller is never re-entered.
 */
public interface Poller extends AutoCloseable {
    /** How a registration is served. */
    enum Registration {
        /** The poller reports it. */
        WATCHED,
        /**
         * The poller can't watch it because it is always ready (EPERM from epoll). The core calls it each turn,
         * and never modifies or deregisters it here.
         */
        ALWAYS_READY
    }

    /**
     * Starts watching, before it returns.
     *
     * @param interest of READ, WRITE, PRIORITY; not 0
     * @throws PollerExhausted if the system has no room for one more; then nothing is registered
     * @throws IOException if it isn't open or can't be watched; then nothing is registered
     */
    Registration register(Watch watch, int interest) throws IOException;

    /**
     * Changes what a registration waits for. Never adds one anew.
     *
     * @param interest of READ, WRITE, PRIORITY; not 0
     * @return false if the registration is no longer known, because the file was closed or replaced; it is
     *     forgotten then
     * @throws IOException if the system refuses; the registration stays as it was
     */
    boolean modify(Watch watch, int interest) throws IOException;

    /**
     * Whether the number or channel still is the file that was registered: as exact as the system permits, and
     * true if it can't tell. Costs a system call; asked only when two objects quarrel over a number.
     */
    boolean isCurrent(Watch watch);

    /**
     * Stops watching, before it returns. That it was gone already is success, and so is that it was never registered: the
     * core makes sure in this way after a {@link #register} out of which an error has come.
     */
    void deregister(Watch watch);

    /**
     * Waits until something is ready, {@link #wakeup} was called (since the last poll returned), or the time is
     * up; it may return early for no reason. An interrupted wait (EINTR) just returns.
     *
     * @param timeoutNanos nanoseconds, rounded up to what the system can do; 0 doesn't wait, negative has no limit
     * @param sink is told of the registrations that are ready, each at most once a poll: of all, or of as many as suits
     *     the system, and of the others first in the next polls. How many of them one turn calls is the core's business
     * @return how many were ready, those told to the sink
     * @throws IOException if the system fails, for want of memory for one. The core reports the first failure, tries
     *     again after pauses that get longer, and gives up if that goes on for a minute
     */
    int poll(long timeoutNanos, ReadySink sink) throws IOException;

    /** Makes the current or the next {@link #poll} return at once. From any thread. */
    void wakeup();

    /**
     * Replaces the set by a new, empty one. The core, which asks for it when events come that belong to nobody,
     * registers everything again.
     *
     * @return false if this poller has no use for that; nothing has changed then
     */
    default boolean rebuild() throws IOException {
        return false;
    }

    /** Frees all the poller has opened; not the descriptors that it watched. Called once. */
    @Override
    void close();
}
