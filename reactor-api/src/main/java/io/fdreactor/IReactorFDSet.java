// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.util.List;

/**
 * The set of descriptors a reactor watches. Twisted: {@code IReactorFDSet}.
 *
 * <p>Level triggered: a descriptor is called in each turn in which it is ready, once a direction, reading
 * before writing. What a callback removes is not called any more, not even for an event already taken from
 * the kernel; what it adds is called from the next turn on.
 *
 * <p>All methods belong to the reactor's thread and throw {@link WrongThreadException} elsewhere and
 * {@link ReactorClosed} after the end.
 */
public interface IReactorFDSet {
    /**
     * Calls {@link ReadDescriptor#doRead} whenever there may be input, until removed. Adding a descriptor
     * that is there already changes nothing, but moves it if its number or channel has changed.
     *
     * <p>One object a direction: a number that another live object reads is refused. If that object's file
     * is gone, it is evicted instead (and told with {@link ConnectionFdescWentAway} before the next wait).
     *
     * <p>The first direction of a descriptor is registered with the kernel at once and fails here; the
     * second one joins later in the turn, and if the kernel refuses it then, the descriptor is lost.
     *
     * @throws InvalidDescriptor if it is closed, or not open for this process
     * @throws DescriptorRefused if this backend can't watch such a descriptor; the message names those that can
     * @throws DescriptorInUse if another object reads the same live file
     */
    void addReader(ReadDescriptor reader);

    /**
     * Calls {@link WriteDescriptor#doWrite} whenever there may be room for output, until removed. All else
     * is as with {@link #addReader}.
     *
     * @throws InvalidDescriptor as {@link #addReader}
     * @throws DescriptorRefused as {@link #addReader}
     * @throws DescriptorInUse if another object writes the same live file
     */
    void addWriter(WriteDescriptor writer);

    /**
     * Stops reading. Works by identity, without asking the descriptor anything, also if its file has been
     * closed already; does nothing if it isn't there.
     */
    void removeReader(ReadDescriptor reader);

    /** Stops writing, as {@link #removeReader} does for reading. */
    void removeWriter(WriteDescriptor writer);

    /**
     * Removes every descriptor but those that the reactor needs for itself (its waker), and answers with
     * them: each once, readers and writers together, no order promised. A second call answers nothing.
     * Nobody's {@code connectionLost} is called.
     */
    List<FileDescriptor> removeAll();

    /** Who is watched for input now: an immutable snapshot without the reactor's own descriptors. */
    List<ReadDescriptor> getReaders();

    /** Who is watched for output now: an immutable snapshot without the reactor's own descriptors. */
    List<WriteDescriptor> getWriters();
}
