// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/**
 * An object that a reactor can watch: it has an operating system file descriptor (an int), an NIO channel, or both.
 *
 * <p>The object says what it has, and a backend says what it accepts ({@link Capability#INT_FD},
 * {@link Capability#CHANNEL}); adding an object that the backend cannot watch is refused. The reactor compares these
 * objects by identity ({@code ==}), never by {@code equals} and never by their file descriptor.
 *
 * <p>The reactor never closes a file that it was given: the code that opened it closes it, after removing the object
 * from the reactor. All methods are called on the reactor's thread.
 *
 * <p>Twisted: {@code IFileDescriptor}.
 */
public interface FileDescriptor {
    /**
     * Returns the operating system's file descriptor.
     *
     * <p>The reactor calls this when the object is added and before each event is delivered, also for an object that is
     * watched by its {@link #channel} (which returns -1 always), and never after its removal. If the value differs from
     * the one that was returned when it was added, the file has been closed or replaced: the reactor drops the object,
     * and {@link #connectionLost} gets {@link ConnectionFdescWentAway}. An exception that is thrown while the object is
     * added reaches the caller; an exception that is thrown before an event drops the object.
     *
     * @return the file descriptor, or -1 if the file is closed or never had one
     */
    int fileno();

    /**
     * Returns the channel to watch, for backends that watch channels.
     *
     * @return the channel, or null if there is only a file descriptor
     */
    default @Nullable SelectableChannel channel() {
        return null;
    }

    /**
     * The reactor has dropped this object, for reading and for writing, and won't call it again.
     *
     * <p>Called at most once for each time it was registered, and never from inside a call that the object's owner
     * makes to the reactor. If this throws, the exception goes to the reactor's {@link ExceptionHandler}.
     *
     * @param reason {@link ConnectionDone} for a clean end, {@link ConnectionLost} for another one, or the exception
     *     that {@code doRead} or {@code doWrite} threw
     */
    void connectionLost(Throwable reason);

    /**
     * Returns a short name for messages about this object. Twisted: {@code ILoggingContext.logPrefix}.
     *
     * @return the name, not null; the class's name by default
     */
    default String logPrefix() {
        String name = getClass().getSimpleName();
        return name.isEmpty() ? getClass().getName() : name;
    }
}
