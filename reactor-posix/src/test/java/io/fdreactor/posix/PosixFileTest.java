// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static io.fdreactor.posix.libc.Errno.EAGAIN;
import static io.fdreactor.posix.libc.Errno.EINTR;
import static io.fdreactor.posix.libc.Errno.EINVAL;
import static io.fdreactor.posix.libc.Errno.EMFILE;
import static io.fdreactor.posix.libc.Errno.ENOSYS;
import static io.fdreactor.posix.libc.Errno.EPIPE;
import static io.fdreactor.posix.libc.Linux.FD_CLOEXEC;
import static io.fdreactor.posix.libc.Linux.F_GETFD;
import static io.fdreactor.posix.libc.Linux.POLLOUT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.core.spi.IoBuffer;
import io.fdreactor.core.spi.Sockets.OpenFile;
import io.fdreactor.core.spi.Sockets.StreamSocket;
import io.fdreactor.posix.testing.CountingLibc;
import io.fdreactor.posix.testing.FaultyLibc;
import io.fdreactor.posix.testing.Fds;
import io.fdreactor.posix.testing.OpenFds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are written to sockets: sendfile(2), and what happens where it can't. */
class PosixFileTest {
    private final FaultyLibc faults = new FaultyLibc(NativeAccess.libc());
    private final CountingLibc libc = new CountingLibc(faults);
    private final PosixSockets sockets = new PosixSockets(libc);
    private final IoBuffer spare = sockets.allocate(4);
    private OpenFds before;
    private StreamSocket socket;
    private SocketChannel peer;
    private OpenFile file;

    @TempDir
    private Path directory;

    @BeforeEach
    void connect() throws IOException {
        before = OpenFds.now();
        try (ServerSocketChannel server =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0))) {
            InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
            socket = sockets.openStream(InetAddress.getByName("127.0.0.1"));
            socket.connect(address);
            peer = server.accept();
            Fds.await(socket.fileno(), POLLOUT);
        }
        file = sockets.openFile(Files.writeString(directory.resolve("file"), "0123456789"));
        libc.reset();
    }

    @AfterEach
    void closeAll() throws IOException {
        file.close();
        socket.close();
        peer.close();
        before.assertUnchanged();
        assertThat(faults.left()).isZero();
    }

    private String received(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            assertThat(peer.read(bytes)).isPositive();
        }
        return StandardCharsets.US_ASCII.decode(bytes.flip()).toString();
    }

    @Test
    void aPartGoesOutInOneCallAndMovesNothing() throws IOException {
        assertThat(socket.writeFrom(file, 2, 5, spare)).isEqualTo(5);
        assertThat(socket.writeFrom(file, 0, 3, spare)).isEqualTo(3);
        assertThat(received(8)).isEqualTo("23456012");
        assertThat(libc.counts()).isEqualTo(Map.of("sendfile", 2));
    }

    @Test
    void theEndOfTheFileIsTold() throws IOException {
        assertThat(socket.writeFrom(file, 8, 5, spare)).isEqualTo(2);
        assertThat(socket.writeFrom(file, 10, 5, spare)).isEqualTo(-1);
        assertThat(socket.writeFrom(file, 1000, 5, spare)).isEqualTo(-1);
        assertThat(received(2)).isEqualTo("89");
    }

    @Test
    void aFullSocketTakesNothing() throws IOException {
        faults.fail("sendfile", 1, EAGAIN);
        assertThat(socket.writeFrom(file, 0, 5, spare)).isZero();
        assertThat(socket.writeFrom(file, 0, 5, spare)).isEqualTo(5);
    }

    @Test
    void signalsAndShortWritesAreNothingSpecial() throws IOException {
        faults.fail("sendfile", 3, EINTR).writeAtMost(2);
        assertThat(socket.writeFrom(file, 0, 5, spare)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {EINVAL, ENOSYS})
    void whatSendfileCannotDoIsReadAndWrittenFromThenOn(int errno) throws IOException {
        faults.fail("sendfile", 1, errno).fail("pread", 1, EINTR);
        assertThat(socket.writeFrom(file, 0, 3, spare)).isEqualTo(3);
        assertThat(socket.writeFrom(file, 3, 7, spare))
                .as("the spare memory's size")
                .isEqualTo(4);
        assertThat(socket.writeFrom(file, 7, 7, spare)).isEqualTo(3);
        assertThat(socket.writeFrom(file, 10, 7, spare)).isEqualTo(-1);
        assertThat(received(10)).isEqualTo("0123456789");
        assertThat(libc.counts()).isEqualTo(Map.of("sendfile", 1, "pread", 5, "send", 3));
        faults.fail("send", 1, EAGAIN);
        assertThat(socket.writeFrom(file, 0, 3, spare)).isZero();
        faults.fail("pread", 1, 5);
        assertThatThrownBy(() -> socket.writeFrom(file, 0, 3, spare))
                .hasMessage("pread failed: EIO (Input/output error)");
    }

    @Test
    void anotherFailureIsOne() {
        faults.fail("sendfile", 1, EPIPE);
        assertThatThrownBy(() -> socket.writeFrom(file, 0, 3, spare))
                .isInstanceOf(IOException.class)
                .hasMessage("sendfile failed: EPIPE (Broken pipe)");
    }

    @Test
    void itIsClosedForWhatTheProcessExecutes() {
        assertThat(NativeAccess.libc().fcntl(((PosixFile) file).fileno(), F_GETFD, 0))
                .isEqualTo(FD_CLOEXEC);
    }

    @Test
    void closingTwiceClosesOnce() {
        file.close();
        file.close();
        assertThat(libc.counts()).isEqualTo(Map.of("close", 1));
    }

    @Test
    void withoutADescriptorItSaysWhichFileItWas() {
        faults.fail("open", 1, EMFILE);
        Path path = directory.resolve("file");
        assertThatThrownBy(() -> sockets.openFile(path))
                .hasMessage("open [" + path + "] failed: EMFILE (Too many open files)");
    }

    @Test
    void openingWaitsForNobody() throws IOException {
        Path fifo = directory.resolve("fifo");
        DirectMemory name = PathBytes.of(fifo);
        assertThat(NativeAccess.extras().mkfifo(name.address(), 0600)).isZero();
        sockets.openFile(fifo).close();
    }

    @Test
    void aFileInAnArchiveIsReadAndWritten() throws IOException {
        URI archive = URI.create("jar:" + directory.resolve("archive.zip").toUri());
        try (FileSystem inside = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
            Path path = Files.writeString(inside.getPath("file"), "abcdef");
            OpenFile packed = sockets.openFile(path);
            assertThat(socket.writeFrom(packed, 1, 3, spare)).isEqualTo(3);
            assertThat(received(3)).isEqualTo("bcd");
            packed.close();
        }
    }
}
