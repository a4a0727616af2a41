// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.util.List;

/**
 * The set of descriptors that a reactor watches. Twisted: {@code IReactorFDSet}.
 *
 * <p>Readiness is level-triggered: the reactor calls a descriptor in each turn in which it is ready, once per
 * direction, reading before writing. A descriptor that a callback removes is not called any more, not even for an event
 * that was already taken from the kernel. A descriptor that a callback adds is called from the next turn on.
 *
 * <p>All methods belong to the reactor's thread. They throw {@link WrongThread} on another thread, and
 * {@link ReactorClosed} after the reactor's end; the methods that remove a reader or a writer then do nothing.
 */
public interface IReactorFDSet {
    /**
     * Calls {@link ReadDescriptor#doRead} whenever there may be input, until the reader is removed. Adding a descriptor
     * again changes nothing, except that its registration moves if its file descriptor or channel has changed.
     *
     * <p>Each file has at most one reader. If another object already reads the same file descriptor and its file is
     * still open, the new one is refused. If that object's file has been closed, the object is evicted instead, and its
     * {@code connectionLost} gets {@link ConnectionFdescWentAway} before the next wait.
     *
     * <p>The first direction of a descriptor is registered with the kernel at once, and a failure is thrown here. The
     * second direction is registered later in the same turn; if the kernel then refuses it, the descriptor is dropped
     * and its {@code connectionLost} is called.
     *
     * @param reader the descriptor to watch for input
     * @throws InvalidDescriptor if it is closed, or not open in this process
     * @throws DescriptorRefused if this backend cannot watch such a descriptor; the message names the backends that can
     * @throws DescriptorInUse if another object reads the same open file
     */
    void addReader(ReadDescriptor reader);

    /**
     * Calls {@link WriteDescriptor#doWrite} whenever there may be room for output, until the writer is removed.
     * Otherwise as {@link #addReader}.
     *
     * @param writer the descriptor to watch for room to write
     * @throws InvalidDescriptor as {@link #addReader}
     * @throws DescriptorRefused as {@link #addReader}
     * @throws DescriptorInUse if another object writes to the same open file
     */
    void addWriter(WriteDescriptor writer);

    /**
     * Stops watching for input. The descriptor is found by identity and none of its methods is called, so this works
     * after its file has been closed too. Does nothing if the descriptor is not registered for reading.
     *
     * @param reader the descriptor to stop watching
     */
    void removeReader(ReadDescriptor reader);

    /**
     * Stops watching for room to write, as {@link #removeReader} does for input.
     *
     * @param writer the descriptor to stop watching
     */
    void removeWriter(WriteDescriptor writer);

    /**
     * Removes every descriptor except those that the reactor itself needs (its waker). No {@code connectionLost} is
     * called.
     *
     * @return the removed descriptors, readers and writers together, each once, in no particular order; empty if there
     *     are none
     */
    List<FileDescriptor> removeAll();

    /** {@return the descriptors that are watched for input now, as an immutable snapshot without the reactor's own} */
    List<ReadDescriptor> getReaders();

    /**
     * {@return the descriptors that are watched for room to write now, as an immutable snapshot without the reactor's
     * own}
     */
    List<WriteDescriptor> getWriters();
}
