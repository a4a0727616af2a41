// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * Is notified of each call that the reactor makes to its poller, so that failure messages can quote them. Set it in
 * {@link ReactorConfig}; without one, tracing costs nothing. {@link RecordingTrace} keeps the last calls.
 *
 * <p>Called on the reactor's thread, except {@link Call#WAKEUP}, which is called on any thread. It must not call the
 * reactor.
 */
@FunctionalInterface
public interface PollerTrace {
    /** The kinds of calls. */
    enum Call {
        /** A descriptor was registered; {@code bits} are its interest. */
        REGISTER,
        /** A registration's interest was changed. */
        MODIFY,
        /** A registration was dropped. */
        DEREGISTER,
        /** The poller was asked whether a registration still belongs to the same file. */
        IS_CURRENT,
        /** A wait is about to begin; {@code result} is its limit in nanoseconds, negative for none. */
        POLL,
        /** A wait has ended; {@code result} is the number of descriptors that were ready. */
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
     * Records one call.
     *
     * @param call the kind of call
     * @param fd the file descriptor, or -1
     * @param slot the registration's slot, or -1
     * @param bits interest or events: READ 1, WRITE 2, PRIORITY 4, ERROR 8, HANGUP 16, GONE 32
     * @param result the result: 1 or 0 for true or false, -1 if the call threw, else as the call's description says
     */
    void record(Call call, int fd, int slot, int bits, long result);
}
