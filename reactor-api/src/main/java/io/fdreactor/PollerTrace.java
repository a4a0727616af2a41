// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * Hears of each call that the reactor makes to its poller: the record that a failure message quotes. Set it
 * in {@link ReactorConfig}; without one, tracing costs nothing. {@link RecordingTrace} keeps the last calls.
 *
 * <p>Called on the reactor's thread, but {@link Call#WAKEUP} comes from any. It must not call the reactor.
 */
@FunctionalInterface
public interface PollerTrace {
    /** What was asked of the poller, or came from it. */
    enum Call {
        /** A descriptor was registered; {@code bits} are its interest. */
        REGISTER,
        /** A registration's interest was changed. */
        MODIFY,
        /** A registration was dropped. */
        DEREGISTER,
        /** It was asked whether a registration is still for the same file. */
        IS_CURRENT,
        /** A wait is about to begin; {@code result} is its limit in nanoseconds, negative for none. */
        POLL,
        /** A wait has ended; {@code result} is how many descriptors were ready. */
        POLLED,
        /** An event came out of a wait; {@code bits} say which. */
        READY,
        /** Another thread woke the poller. */
        WAKEUP,
        /** The poller was asked for a new, empty set. */
        REBUILD,
        /** The poller was closed. */
        CLOSE
    }

    /**
     * @param call which call
     * @param fd the descriptor's number, or -1
     * @param slot the registration's slot, or -1
     * @param bits interest or events: READ 1, WRITE 2, PRIORITY 4, ERROR 8, HANGUP 16, GONE 32
     * @param result what came of it: 1 or 0 for a yes or no, -1 if it threw, else as the call says
     */
    void record(Call call, int fd, int slot, int bits, long result);
}
