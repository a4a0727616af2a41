// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * What one backend supports and another doesn't. A backend that declares a capability must keep its contract; a backend
 * that doesn't must refuse with a clear message.
 */
public enum Capability {
    /** Watches file descriptors of the operating system. */
    INT_FD,
    /** Watches {@link java.nio.channels.SelectableChannel}s. */
    CHANNEL,
    /** Accepts regular files and other files that are always ready. */
    ALWAYS_READY_FILES,
    /** Reports exceptional conditions separately: {@link PriorityDescriptor}. */
    PRIORITY,
    /**
     * Reports a hang-up as such, so that reasons are exact, also for a writer alone. A backend without it reports an
     * end as readable, and a failure as readable and writable; reading or writing then shows which it was.
     */
    HANGUP,
    /** Distinguishes a file from a later one with the same file descriptor, without help from the descriptor object. */
    FILE_IDENTITY,
    /** Notices at the next poll that a watched file was closed. */
    DETECTS_CLOSE,
    /** Supports waits of less than a millisecond. */
    NANO_TIMEOUT,
    /** Several listeners on one port: {@code SO_REUSEPORT}. */
    REUSE_PORT,
    /** Has the facet {@link DescriptorIO}. */
    DESCRIPTOR_IO,
    /** Has the facet {@link io.fdreactor.net.IReactorTCP}. */
    TCP
}
