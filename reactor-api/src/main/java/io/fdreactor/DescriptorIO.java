// SPDX-License-Identifier: Apache-2.0
package io.fdreactor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * Reads and writes by file descriptor: what {@code os.read} and related functions are to a Twisted program. An optional
 * facet of the backends that watch file descriptors ({@link Capability#DESCRIPTOR_IO}).
 *
 * <p>The caller owns each file descriptor that a method of this interface returns, and closes it after removing it from
 * every reactor. All files are opened close-on-exec and non-blocking. The facet keeps no state and may be used from any
 * thread, as the system calls may.
 */
public interface DescriptorIO {
    /**
     * Opens a file, FIFO, terminal or device by path. It never waits for the other end of a FIFO: opening for reading
     * succeeds at once, opening for writing fails with ENXIO while there is no reader. A terminal doesn't become the
     * controlling one. Follows open(2).
     *
     * @param path the path to open
     * @param options from {@link java.nio.file.StandardOpenOption}: READ, WRITE, APPEND, CREATE, CREATE_NEW,
     *     TRUNCATE_EXISTING, SYNC, DSYNC; none means READ
     * @return the new file descriptor, at least 0
     * @throws IOException with the name of the errno, if the kernel refuses
     * @throws UnsupportedOperationException for another option
     */
    int open(Path path, OpenOption... options) throws IOException;

    /**
     * Opens a pipe: bytes written to one end can be read from the other. Follows pipe2(2).
     *
     * @return both ends' file descriptors
     * @throws IOException with the name of the errno, if the kernel refuses
     */
    PipeEnds pipe() throws IOException;

    /**
     * Reads into the buffer as many bytes as are available and fit, and moves its position. A buffer of
     * {@link ByteBuffer#allocateDirect} saves a copy; into any other buffer at most 64 KiB are read. No other thread
     * may use the buffer meanwhile. Follows read(2).
     *
     * @param fd an open file descriptor
     * @param target the buffer to fill from its position
     * @return the number of bytes read; 0 if the call would block or the buffer is full; -1 at the end of the file
     * @throws IllegalStateException if the buffer is over the memory of an arena that is closed; nothing is read
     * @throws IOException with the name of the errno, if the kernel refuses
     */
    int read(int fd, ByteBuffer target) throws IOException;

    /**
     * Writes from the buffer as many bytes as the kernel accepts, and moves its position. A buffer of
     * {@link ByteBuffer#allocateDirect} saves a copy; of any other buffer at most 64 KiB are written. No other thread
     * may use the buffer meanwhile. Follows write(2).
     *
     * @param fd an open file descriptor
     * @param source the buffer to write from its position
     * @return the number of bytes written; 0 if the call would block
     * @throws IllegalStateException if the buffer is over the memory of an arena that is closed; nothing is written
     * @throws IOException with the name of the errno, if the kernel refuses
     */
    int write(int fd, ByteBuffer source) throws IOException;

    /**
     * Closes the file descriptor. Remove it from every reactor first. Follows close(2), which is never repeated: the
     * descriptor is closed after an EINTR too.
     *
     * @param fd an open file descriptor
     * @throws IOException with the name of the errno, if the kernel reports an error
     */
    void close(int fd) throws IOException;

    /**
     * Duplicates a file descriptor. The new one refers to the same open file, is close-on-exec, and shares O_NONBLOCK
     * with the old one. Follows fcntl(2), F_DUPFD_CLOEXEC.
     *
     * @param fd an open file descriptor
     * @return the new file descriptor
     * @throws IOException with the name of the errno, if the kernel refuses
     */
    int dup(int fd) throws IOException;

    /**
     * Sets or clears O_NONBLOCK. For standard input and similar files, every process that shares the open file shares
     * the flag, for example the user's shell, and the flag outlives this process: restore the value that this method
     * returns.
     *
     * @param fd an open file descriptor
     * @param nonBlocking the new value
     * @return the previous value
     * @throws IOException with the name of the errno, if the kernel refuses
     */
    boolean setNonBlocking(int fd, boolean nonBlocking) throws IOException;

    /**
     * The file descriptors of a pipe's two ends.
     *
     * @param readEnd the end to read from
     * @param writeEnd the end to write to
     */
    record PipeEnds(int readEnd, int writeEnd) {}
}
