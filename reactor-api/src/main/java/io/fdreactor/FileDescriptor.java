// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/**
 * Something a reactor can watch, known by an operating system number, by an NIO channel, or by both.
 *
 * <p>A descriptor says what it has and a backend says what it takes ({@link Capability#INT_FD},
 * {@link Capability#CHANNEL}); one that the backend can't watch is refused when it is added. The reactor
 * tells descriptors apart by identity ({@code ==}), never by {@code equals} and never by number.
 *
 * <p>The reactor never closes a descriptor that it was given: whoever opened it closes it, after removing
 * it. All methods are called on the reactor's thread.
 *
 * <p>Twisted: {@code IFileDescriptor}.
 */
public interface FileDescriptor {
    /**
     * The operating system's number, or -1 once it is gone or if there never was one.
     *
     * <p>Called when the descriptor is added and before each event is delivered, also of one that is watched by its
     * {@link #channel} (which answers -1 all along), and never after it was removed. An answer that differs from the
     * one given at the add means that the file went away: the descriptor is then lost with
     * {@link ConnectionFdescWentAway}. What it throws at an add reaches the caller; what it throws before an event
     * loses the descriptor.
     */
    int fileno();

    /** The channel to watch, for backends that watch channels; null if this is a bare number. */
    default @Nullable SelectableChannel channel() {
        return null;
    }

    /**
     * The reactor has dropped this descriptor, for reading and for writing, and won't call it again.
     *
     * <p>Called at most once for each time it was registered, and never from inside a call that the
     * descriptor's owner makes on the reactor. What it throws reaches the reactor's
     * {@link ExceptionHandler}.
     *
     * @param reason {@link ConnectionDone} for a clean end, {@link ConnectionLost} for another one, or what
     *     {@code doRead} or {@code doWrite} threw
     */
    void connectionLost(Throwable reason);

    /** A short name for messages about this descriptor. Twisted: {@code ILoggingContext.logPrefix}. */
    default String logPrefix() {
        String name = getClass().getSimpleName();
        return name.isEmpty() ? getClass().getName() : name;
    }
}
