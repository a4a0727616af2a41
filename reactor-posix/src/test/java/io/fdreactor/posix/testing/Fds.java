// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix.testing;

import static io.fdreactor.posix.libc.Linux.AF_UNIX;
import static io.fdreactor.posix.libc.Linux.EFD_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.EFD_NONBLOCK;
import static io.fdreactor.posix.libc.Linux.FD_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.F_DUPFD_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.F_GETFD;
import static io.fdreactor.posix.libc.Linux.F_GETFL;
import static io.fdreactor.posix.libc.Linux.O_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.O_NONBLOCK;
import static io.fdreactor.posix.libc.Linux.SOCK_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.SOCK_NONBLOCK;
import static io.fdreactor.posix.libc.Linux.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.posix.DirectMemory;
import io.fdreactor.posix.NativeAccess;
import io.fdreactor.posix.libc.Errno;
import io.fdreactor.posix.libc.Libc;
import java.util.TreeSet;

/** Numbers for a test, which closes those that are left at its end. */
public final class Fds implements AutoCloseable {
    private final Libc libc = NativeAccess.libc();
    private final DirectMemory memory = DirectMemory.allocate(64 * 1024);
    private final TreeSet<Integer> open = new TreeSet<>();

    /** A pair of numbers; of a pipe, the end to read from and the end to write to. */
    public record Pair(int first, int second) {}

    public Pair pipe() {
        succeed(libc.pipe2(memory.address(), O_CLOEXEC | O_NONBLOCK));
        return pair();
    }

    public Pair socketPair() {
        succeed(libc.socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, memory.address()));
        return pair();
    }

    /** Readable if its value is not 0; always writable. */
    public int eventfd(int value) {
        return keep(libc.eventfd(value, EFD_CLOEXEC | EFD_NONBLOCK));
    }

    public int open(String path, int flags) {
        return keep(libc.open(DirectMemory.ofString(path).address(), flags | O_CLOEXEC, 0));
    }

    /** The lowest free number from {@code least} on, for the same file. */
    public int dup(int fd, int least) {
        return keep(libc.fcntl(fd, F_DUPFD_CLOEXEC, least));
    }

    /** For a number that came from elsewhere. */
    public int keep(int fd) {
        open.add(succeed(fd));
        return fd;
    }

    /** Writes so many bytes, all of which must fit. */
    public void write(int fd, int count) {
        assertThat(libc.write(fd, memory.address(), count)).isEqualTo(count);
    }

    /** Adds to an eventfd's value. */
    public void signal(int eventfd) {
        memory.bytes().putLong(0, 1);
        write(eventfd, 8);
    }

    /** Writes until it would block. */
    public void fill(int fd) {
        int written;
        do {
            written = libc.write(fd, memory.address(), memory.size());
        } while (written > 0);
        assertThat(written).isEqualTo(-Errno.EAGAIN);
    }

    /** Reads until it would block or ends. */
    public void drain(int fd) {
        int read;
        do {
            read = libc.read(fd, memory.address(), memory.size());
        } while (read > 0);
    }

    public void close(int fd) {
        open.remove(fd);
        succeed(libc.close(fd));
    }

    /** Waits until poll(2) tells one of these events of the number. */
    public static void await(int fd, int events) {
        DirectMemory entry = DirectMemory.allocate(8);
        entry.bytes().putInt(0, fd).putShort(4, (short) events);
        assertThat(NativeAccess.libc().poll(entry.address(), 1, 60_000))
                .as("ready within a minute")
                .isEqualTo(1);
    }

    /** Whether the number is closed in programs that this process starts. */
    public static boolean isCloseOnExec(int fd) {
        return (succeed(NativeAccess.libc().fcntl(fd, F_GETFD, 0)) & FD_CLOEXEC) != 0;
    }

    /** Whether the number's file doesn't make its callers wait. */
    public static boolean isNonBlocking(int fd) {
        return (succeed(NativeAccess.libc().fcntl(fd, F_GETFL, 0)) & O_NONBLOCK) != 0;
    }

    /** Whether the number is open. */
    public static boolean isOpen(int fd) {
        return NativeAccess.libc().fcntl(fd, F_GETFD, 0) >= 0;
    }

    @Override
    public void close() {
        open.forEach(libc::close);
        open.clear();
    }

    private Pair pair() {
        return new Pair(keep(memory.bytes().getInt(0)), keep(memory.bytes().getInt(4)));
    }

    private static int succeed(int result) {
        assertThat(result).as(() -> Errno.describe(-result)).isNotNegative();
        return result;
    }
}
