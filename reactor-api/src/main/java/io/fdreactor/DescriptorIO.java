// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * Reading and writing by number: what {@code os.read} and its kin are to a Twisted program. An optional facet
 * of the backends that watch numbers ({@link Capability#DESCRIPTOR_IO}).
 *
 * <p>Whoever gets a number from here owns it and closes it, after removing it from every reactor. All it opens
 * is close-on-exec and non-blocking from birth. It keeps no state and may be used from any thread, as the
 * calls beneath may.
 */
public interface DescriptorIO {
    /**
     * Opens a file, FIFO, terminal or device by path. Never waits for a FIFO's other end: reading opens at
     * once, writing fails with ENXIO while nobody reads. A terminal doesn't become the controlling one.
     * Follows open(2).
     *
     * @param options from {@link java.nio.file.StandardOpenOption}: READ, WRITE, APPEND, CREATE, CREATE_NEW,
     *     TRUNCATE_EXISTING, SYNC, DSYNC; none means READ
     * @throws IOException with the name of the errno, if the kernel refuses
     * @throws UnsupportedOperationException for another option
     */
    int open(Path path, OpenOption... options) throws IOException;

    /** Opens a pipe; what is written to one end can be read from the other. Follows pipe2(2). */
    PipeEnds pipe() throws IOException;

    /**
     * Reads into the buffer, as much as is there and fits, and moves its position. A buffer of
     * {@link ByteBuffer#allocateDirect} saves a copy; into any other at most 64 KiB are read. No other thread may use the
     * buffer meanwhile. Follows read(2).
     *
     * @return bytes read, 0 if it would block (or the buffer is full), -1 at the end of the file
     * @throws IllegalStateException if the buffer is over the memory of an arena that is closed; nothing is read
     */
    int read(int fd, ByteBuffer target) throws IOException;

    /**
     * Writes from the buffer, as much as is taken, and moves its position. A buffer of
     * {@link ByteBuffer#allocateDirect} saves a copy; of any other at most 64 KiB are written. No other thread may use the
     * buffer meanwhile. Follows write(2).
     *
     * @return bytes written, 0 if it would block
     * @throws IllegalStateException if the buffer is over the memory of an arena that is closed; nothing is written
     */
    int write(int fd, ByteBuffer source) throws IOException;

    /**
     * Closes the number. Remove it from every reactor first. Follows close(2), which is never repeated: after an
     * EINTR the number is gone, too.
     */
    void close(int fd) throws IOException;

    /** Another number for the same open file, close-on-exec. Both share O_NONBLOCK. Follows fcntl(2), F_DUPFD_CLOEXEC. */
    int dup(int fd) throws IOException;

    /**
     * Sets or clears O_NONBLOCK. On standard input and the like the flag belongs to whoever shares the open file,
     * a user's shell for one, and outlives this process: set it back to what this method answers.
     *
     * @return what it was before
     */
    boolean setNonBlocking(int fd, boolean nonBlocking) throws IOException;

    /** What a pipe's two ends are called. */
    record PipeEnds(int readEnd, int writeEnd) {}
}
