// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

/**
 * What one backend can do and another can't. A backend that claims one is held to it; one that doesn't
 * refuses clearly.
 */
public enum Capability {
    /** Watches descriptors by their operating system number. */
    INT_FD,
    /** Watches {@link java.nio.channels.SelectableChannel}s. */
    CHANNEL,
    /** Takes regular files and the like, which are always ready. */
    ALWAYS_READY_FILES,
    /** Tells exceptional conditions apart: {@link PriorityDescriptor}. */
    PRIORITY,
    /**
     * Sees a hang-up as such, so that reasons are exact, also for a writer alone. A backend that doesn't calls an end
     * readable, and a failure readable and writable: reading or writing then tells what it was.
     */
    HANGUP,
    /** Tells a file from its successor under the same number, without help from the descriptor. */
    FILE_IDENTITY,
    /** Notices at the next poll that a descriptor was closed behind its back. */
    DETECTS_CLOSE,
    /** Waits for less than a millisecond when asked to. */
    NANO_TIMEOUT,
    /** Several listeners on one port: {@code SO_REUSEPORT}. */
    REUSE_PORT,
    /** Has the facet {@link DescriptorIO}. */
    DESCRIPTOR_IO,
    /** Has the facet {@link io.fdreactor.net.IReactorTCP}. */
    TCP
}
