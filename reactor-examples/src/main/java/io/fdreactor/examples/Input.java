// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples;

import io.fdreactor.DescriptorIO;
import io.fdreactor.examples.command.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A descriptor to read from that never blocks. Whoever has it closes it, which puts back what opening it changed.
 *
 * <p>Standard input is opened anew where the system permits. O_NONBLOCK belongs to the open file, which number 0
 * shares with the user's shell and, on a terminal, with our own output: set there, it would hold for them too, and
 * for good if this process is killed.
 */
final class Input implements AutoCloseable {
    private static final int STANDARD_INPUT = 0;
    private static final Path STANDARD_INPUT_PATH = Path.of("/dev/stdin");

    /** proc(5): the open file's flags, in octal. */
    private static final Path STANDARD_INPUT_INFO = Path.of("/proc/self/fdinfo/0");

    private static final long O_CLOEXEC = 02000000;

    /** The file type in {@code st_mode}, and a FIFO's: inode(7). */
    private static final int S_IFMT = 0170000;

    private static final int S_IFIFO = 0010000;

    private final DescriptorIO io;
    private final int fd;
    private final boolean wasNonBlocking;
    private boolean closed;

    private Input(DescriptorIO io, int fd, boolean wasNonBlocking) {
        this.io = io;
        this.fd = fd;
        this.wasNonBlocking = wasNonBlocking;
    }

    /**
     * Standard input, whatever it is.
     *
     * @throws IOException also if this process was started without one
     */
    static Input standard(DescriptorIO io) throws IOException {
        if (isStandardInputClosed()) {
            throw new IOException("standard input is closed");
        }
        OptionalInt anew = openedAnew(io);
        return anew.isPresent()
                ? new Input(io, anew.getAsInt(), true)
                : new Input(io, STANDARD_INPUT, io.setNonBlocking(STANDARD_INPUT, true));
    }

    /**
     * Whether number 0 isn't what this process was started with: where there was none, it goes to the first file that the
     * JVM opens. That is the file of the JDK's classes, or one that is closed when another program is started; what was
     * handed to this process can't be of that kind.
     */
    private static boolean isStandardInputClosed() {
        try {
            Path classes = Path.of(System.getProperty("java.home"), "lib", "modules");
            return Files.exists(STANDARD_INPUT_PATH) && Files.isSameFile(STANDARD_INPUT_PATH, classes)
                    || isCloseOnExec(Files.readString(STANDARD_INPUT_INFO));
        } catch (IOException e) {
            return !Files.exists(STANDARD_INPUT_PATH);
        }
    }

    private static boolean isCloseOnExec(String info) {
        return info.lines()
                .filter(line -> line.startsWith("flags:"))
                .anyMatch(line ->
                        (Long.parseLong(line.substring("flags:".length()).strip(), 8) & O_CLOEXEC) != 0);
    }

    private static OptionalInt openedAnew(DescriptorIO io) {
        if (Files.isRegularFile(STANDARD_INPUT_PATH)) {
            return OptionalInt.empty(); // it would begin at its start, not where the shell has got to
        }
        try {
            return OptionalInt.of(io.open(STANDARD_INPUT_PATH));
        } catch (IOException e) {
            return OptionalInt.empty(); // a socket, or another user's terminal
        }
    }

    /** A file, FIFO or terminal. */
    static Input open(DescriptorIO io, Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException(
                    "[" + Printable.text(path.toString()) + "] is a directory; name a file, a FIFO or a terminal");
        }
        return new Input(io, io.open(path), true);
    }

    /** Whether that path is a FIFO's at this moment, as far as can be told. */
    static boolean isFifo(Path path) {
        try {
            return ((int) Files.getAttribute(path, "unix:mode") & S_IFMT) == S_IFIFO;
        } catch (IOException e) {
            return false;
        }
    }

    int fileno() {
        return closed ? -1 : fd;
    }

    /** As {@link DescriptorIO#read}. */
    int read(ByteBuffer target) throws IOException {
        return io.read(fd, target);
    }

    /** A second time does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (fd != STANDARD_INPUT) {
                io.close(fd);
            } else if (!wasNonBlocking) {
                io.setNonBlocking(fd, false);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
