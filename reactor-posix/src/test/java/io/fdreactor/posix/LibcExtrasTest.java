// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static io.fdreactor.posix.libc.Errno.check;
import static io.fdreactor.posix.libc.Linux.CLOCK_MONOTONIC;
import static io.fdreactor.posix.libc.Linux.IN_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.IN_CREATE;
import static io.fdreactor.posix.libc.Linux.IN_NONBLOCK;
import static io.fdreactor.posix.libc.Linux.O_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.O_NOCTTY;
import static io.fdreactor.posix.libc.Linux.O_NONBLOCK;
import static io.fdreactor.posix.libc.Linux.O_RDONLY;
import static io.fdreactor.posix.libc.Linux.O_RDWR;
import static io.fdreactor.posix.libc.Linux.POLLIN;
import static io.fdreactor.posix.libc.Linux.TFD_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.TFD_NONBLOCK;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.DescriptorIO;
import io.fdreactor.posix.libc.LibcExtras;
import io.fdreactor.posix.testing.Fds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibcExtrasTest {
    private final LibcExtras extras = NativeAccess.extras();
    private final DescriptorIO io = new PosixDescriptorIO(NativeAccess.libc());
    private final Fds fds = new Fds();

    @TempDir
    private Path directory;

    @AfterEach
    void closeAll() {
        fds.close();
    }

    @Test
    void aTimerExpires() throws IOException {
        int fd = fds.keep(extras.timerfdCreate(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK));
        DirectMemory inOneNanosecond = DirectMemory.allocate(32);
        inOneNanosecond.bytes().putLong(24, 1);
        check(extras.timerfdSettime(fd, 0, inOneNanosecond.address(), 0), "timerfd_settime");
        Fds.await(fd, POLLIN);
        ByteBuffer expirations = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        assertThat(io.read(fd, expirations)).isEqualTo(8);
        assertThat(expirations.getLong(0)).isEqualTo(1);
    }

    @Test
    void aNewFileIsNoticed() throws IOException {
        int fd = fds.keep(extras.inotifyInit1(IN_CLOEXEC | IN_NONBLOCK));
        DirectMemory path = DirectMemory.ofString(directory.toString());
        int watch = check(extras.inotifyAddWatch(fd, path.address(), IN_CREATE), "inotify_add_watch");
        Files.createFile(directory.resolve("new"));
        Fds.await(fd, POLLIN);
        ByteBuffer event = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());
        assertThat(io.read(fd, event)).isGreaterThan(16);
        assertThat(event.getInt(0)).isEqualTo(watch);
        assertThat(event.getInt(4)).isEqualTo(IN_CREATE);
    }

    @Test
    void aProcessesEndIsNoticed() throws Exception {
        Process process = new ProcessBuilder("cat").start();
        int fd = fds.keep(extras.pidfdOpen((int) process.pid(), 0));
        assertThat(Fds.isCloseOnExec(fd)).isTrue();
        process.getOutputStream().close();
        Fds.await(fd, POLLIN);
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aTerminalHasTwoSides() throws IOException {
        int master = fds.keep(extras.posixOpenpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK));
        check(extras.grantpt(master), "grantpt");
        check(extras.unlockpt(master), "unlockpt");
        DirectMemory name = DirectMemory.allocate(64);
        check(extras.ptsnameR(master, name.address(), name.size()), "ptsname_r");
        assertThat(name.string()).startsWith("/dev/pts/");
        assertThat(extras.ptsnameR(master, name.address(), 1)).isNegative();

        int slave = fds.keep(io.open(Path.of(name.string()), StandardOpenOption.READ, StandardOpenOption.WRITE));
        io.write(master, US_ASCII.encode("a line\n"));
        Fds.await(slave, POLLIN);
        ByteBuffer line = ByteBuffer.allocate(100);
        assertThat(io.read(slave, line)).isEqualTo(7);
        assertThat(US_ASCII.decode(line.flip()).toString()).isEqualTo("a line\n");
    }

    @Test
    void aFifoIsMadeAndOpenedWithoutWaiting() throws IOException {
        Path fifo = directory.resolve("fifo");
        DirectMemory path = DirectMemory.ofString(fifo.toString());
        check(extras.mkfifo(path.address(), 0600), "mkfifo");
        int reader = fds.keep(io.open(fifo));
        int writer = fds.open(fifo.toString(), O_RDWR | O_NONBLOCK);
        fds.write(writer, 3);
        assertThat(io.read(reader, ByteBuffer.allocate(9))).isEqualTo(3);
        assertThat(fds.open(fifo.toString(), O_RDONLY | O_NONBLOCK)).isPositive();
    }
}
