// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static io.fdreactor.posix.libc.Errno.EAGAIN;
import static io.fdreactor.posix.libc.Errno.EBADF;
import static io.fdreactor.posix.libc.Errno.EINTR;
import static io.fdreactor.posix.libc.Errno.EMFILE;
import static io.fdreactor.posix.libc.Errno.EPIPE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.DSYNC;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.fdreactor.DescriptorIO.PipeEnds;
import io.fdreactor.posix.libc.Errno;
import io.fdreactor.posix.libc.SystemCallFailed;
import io.fdreactor.posix.testing.FaultyLibc;
import io.fdreactor.posix.testing.Fds;
import io.fdreactor.posix.testing.OpenFds;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PosixDescriptorIOTest {
    private final FaultyLibc faults = new FaultyLibc(NativeAccess.libc());
    private final PosixDescriptorIO io = new PosixDescriptorIO(faults);
    private final Fds fds = new Fds();
    private OpenFds before;

    @TempDir
    private Path directory;

    @BeforeEach
    void countDescriptors() {
        before = OpenFds.now();
    }

    @AfterEach
    void closeAll() {
        fds.close();
        before.assertUnchanged();
        assertThat(faults.left()).isZero();
    }

    private int open(Path path, OpenOption... options) throws IOException {
        return fds.keep(io.open(path, options));
    }

    private PipeEnds pipe() throws IOException {
        PipeEnds pipe = io.pipe();
        fds.keep(pipe.readEnd());
        fds.keep(pipe.writeEnd());
        return pipe;
    }

    private static ByteBuffer filled(boolean direct, int length, int seed) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length);
        return buffer.put(content).flip();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bytesGoFromPositionToPosition(boolean direct) throws IOException {
        PipeEnds pipe = pipe();
        ByteBuffer source = filled(direct, 100, 1).position(10).limit(60);
        assertThat(io.write(pipe.writeEnd(), source)).isEqualTo(50);
        assertThat(source.position()).isEqualTo(60);

        ByteBuffer target = direct ? ByteBuffer.allocateDirect(100) : ByteBuffer.allocate(100);
        target.position(20).limit(40);
        assertThat(io.read(pipe.readEnd(), target)).isEqualTo(20);
        assertThat(target.position()).isEqualTo(40);
        assertThat(target.flip().position(20))
                .isEqualTo(source.duplicate().position(10).limit(30));
    }

    @Test
    void slicesAndSubArraysHaveTheirOwnBeginning() throws IOException {
        PipeEnds pipe = pipe();
        for (boolean direct : new boolean[] {true, false}) {
            ByteBuffer slice = filled(direct, 100, 2).slice(30, 20);
            slice.position(5);
            io.write(pipe.writeEnd(), slice);
            ByteBuffer target = ByteBuffer.allocate(15);
            io.read(pipe.readEnd(), target);
            assertThat(target.flip()).isEqualTo(slice.position(5));
        }
    }

    @Test
    void eachThreadsBuffersAreItsOwn() throws Exception {
        PipeEnds pipe = pipe();
        ByteBuffer mine = filled(true, 8, 3);
        io.write(pipe.writeEnd(), mine);
        ByteBuffer another = filled(true, 8, 4);
        Thread thread = new Thread(() -> {
            try {
                io.write(pipe.writeEnd(), another);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        thread.start();
        thread.join();
        io.write(pipe.writeEnd(), mine.rewind());
        ByteBuffer all = ByteBuffer.allocate(100);
        assertThat(io.read(pipe.readEnd(), all)).isEqualTo(24);
        all.flip();
        assertThat(all.slice(0, 8)).isEqualTo(mine.rewind());
        assertThat(all.slice(8, 8)).isEqualTo(another.rewind());
        assertThat(all.slice(16, 8)).isEqualTo(mine);
    }

    @Test
    void nothingYetIsNoEnd() throws IOException {
        PipeEnds pipe = pipe();
        ByteBuffer target = ByteBuffer.allocate(10);
        assertThat(io.read(pipe.readEnd(), target)).isZero();
        fds.close(pipe.writeEnd());
        assertThat(io.read(pipe.readEnd(), target)).isEqualTo(-1);
        assertThat(target.position()).isZero();
        assertThat(io.read(pipe.readEnd(), ByteBuffer.allocate(0))).isZero();
    }

    @Test
    void aFullPipeTakesNothing() throws IOException {
        PipeEnds pipe = pipe();
        fds.fill(pipe.writeEnd());
        for (boolean direct : new boolean[] {true, false}) {
            ByteBuffer source = filled(direct, 10, 5);
            assertThat(io.write(pipe.writeEnd(), source)).isZero();
            assertThat(source.position()).isZero();
        }
    }

    @Test
    void aBigHeapBufferGoesInPieces() throws IOException {
        Path file = directory.resolve("big");
        ByteBuffer source = filled(false, 3 * CopyPool.CAPACITY / 2, 6);
        int fd = open(file, WRITE, CREATE_NEW);
        assertThat(io.write(fd, source)).isEqualTo(CopyPool.CAPACITY);
        assertThat(io.write(fd, source)).isEqualTo(CopyPool.CAPACITY / 2);
        assertThat(Files.readAllBytes(file)).isEqualTo(source.array());

        ByteBuffer direct = ByteBuffer.allocateDirect(2 * CopyPool.CAPACITY);
        assertThat(io.read(open(file), direct)).isEqualTo(source.capacity());
        assertThat(direct.flip()).isEqualTo(source.flip());
    }

    @Test
    void aShortWriteMovesThePositionByAsMuch() throws IOException {
        PipeEnds pipe = pipe();
        faults.writeAtMost(3);
        for (boolean direct : new boolean[] {true, false}) {
            ByteBuffer source = filled(direct, 10, 7);
            assertThat(io.write(pipe.writeEnd(), source)).isEqualTo(3);
            assertThat(source.position()).isEqualTo(3);
        }
    }

    @Test
    void whatTheKernelRefusesNamesTheNumber() throws IOException {
        PipeEnds pipe = pipe();
        fds.close(pipe.readEnd());
        assertThatThrownBy(() -> io.write(pipe.writeEnd(), filled(false, 1, 8)))
                .isInstanceOfSatisfying(
                        SystemCallFailed.class, e -> assertThat(e.errno()).isEqualTo(EPIPE))
                .hasMessage("write to fd [" + pipe.writeEnd() + "] failed: EPIPE (Broken pipe)");
        for (int bad : new int[] {-1, pipe.readEnd()}) {
            assertBadDescriptor(bad, () -> io.read(bad, ByteBuffer.allocate(1)));
            assertBadDescriptor(bad, () -> io.write(bad, filled(true, 1, 9)));
            assertBadDescriptor(bad, () -> io.close(bad));
            assertBadDescriptor(bad, () -> io.dup(bad));
            assertBadDescriptor(bad, () -> io.setNonBlocking(bad, true));
        }
        assertThatThrownBy(() -> io.read(pipe.writeEnd(), ByteBuffer.allocate(1).asReadOnlyBuffer()))
                .isInstanceOf(ReadOnlyBufferException.class);
    }

    private static void assertBadDescriptor(int fd, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SystemCallFailed.class, e -> assertThat(e.errno()).isEqualTo(EBADF))
                .hasMessageContaining("[" + fd + "]");
    }

    @Test
    void aSignalIsNoReasonToFail() throws IOException {
        Path file = directory.resolve("file");
        faults.fail("open", 2, EINTR).fail("write", 2, EINTR).fail("read", 2, EINTR);
        int fd = open(file, READ, WRITE, CREATE);
        assertThat(io.write(fd, filled(false, 5, 10))).isEqualTo(5);
        assertThat(io.read(open(file), ByteBuffer.allocate(9))).isEqualTo(5);

        // close(2) has closed it all the same and is not repeated.
        int closing = io.dup(fd);
        NativeAccess.libc().close(closing);
        faults.fail("close", 1, EINTR);
        io.close(closing);
    }

    @Test
    void wouldBlockIsNoFailure() throws IOException {
        PipeEnds pipe = pipe();
        faults.fail("read", 1, EAGAIN).fail("write", 1, EAGAIN);
        assertThat(io.read(pipe.readEnd(), ByteBuffer.allocate(1))).isZero();
        assertThat(io.write(pipe.writeEnd(), filled(true, 1, 11))).isZero();
    }

    @Test
    void outOfDescriptorsLeaksNothing() {
        faults.fail("open", 1, EMFILE).fail("pipe2", 1, EMFILE).fail("fcntl", 1, EMFILE);
        assertThatThrownBy(() -> io.open(directory))
                .hasMessage("open [" + directory + "] failed: EMFILE (Too many open files)");
        assertThatThrownBy(io::pipe).hasMessageContaining("EMFILE");
        assertThatThrownBy(() -> io.dup(0)).hasMessageContaining("EMFILE");
        before.assertUnchanged();
    }

    @Test
    void allItOpensIsNonBlockingAndCloseOnExec() throws IOException {
        PipeEnds pipe = pipe();
        int file = open(directory.resolve("file"), WRITE, CREATE);
        int dup = fds.keep(io.dup(pipe.readEnd()));
        for (int fd : new int[] {pipe.readEnd(), pipe.writeEnd(), file, dup}) {
            assertThat(Fds.isCloseOnExec(fd)).isTrue();
            assertThat(Fds.isNonBlocking(fd)).isTrue();
        }
    }

    @Test
    void nonBlockingIsSetClearedAndTold() throws IOException {
        PipeEnds pipe = pipe();
        assertThat(io.setNonBlocking(pipe.readEnd(), true)).isTrue();
        assertThat(io.setNonBlocking(pipe.readEnd(), false)).isTrue();
        assertThat(Fds.isNonBlocking(pipe.readEnd())).isFalse();
        assertThat(io.setNonBlocking(pipe.readEnd(), false)).isFalse();
        assertThat(io.setNonBlocking(pipe.readEnd(), true)).isFalse();
        assertThat(Fds.isNonBlocking(pipe.readEnd())).isTrue();
    }

    @Test
    void aDupIsTheSameFile() throws IOException {
        PipeEnds pipe = pipe();
        int dup = fds.keep(io.dup(pipe.writeEnd()));
        fds.close(pipe.writeEnd());
        io.write(dup, filled(false, 3, 12));
        assertThat(io.read(pipe.readEnd(), ByteBuffer.allocate(9))).isEqualTo(3);
    }

    @Test
    void optionsMeanWhatTheyMeanElsewhereInJava() throws IOException {
        Path file = directory.resolve("file");
        assertThatThrownBy(() -> io.open(file)).hasMessageContaining("ENOENT");
        assertThatThrownBy(() -> io.open(file, READ, CREATE)).hasMessageContaining("ENOENT");
        write(file, "hello", WRITE, CREATE);
        write(file, "J", WRITE);
        assertThat(file).hasContent("Jello");
        write(file, "!", APPEND);
        assertThat(file).hasContent("Jello!");
        open(file, READ, TRUNCATE_EXISTING);
        assertThat(file).hasContent("Jello!");
        write(file, "new", WRITE, TRUNCATE_EXISTING, SYNC, DSYNC, SYNC);
        assertThat(file).hasContent("new");
        assertThatThrownBy(() -> io.open(file, WRITE, CREATE_NEW)).hasMessageContaining("EEXIST");
        assertThatThrownBy(() -> io.write(open(file), filled(false, 1, 13))).hasMessageContaining("EBADF");
        for (OpenOption other : new OpenOption[] {SPARSE, DELETE_ON_CLOSE, LinkOption.NOFOLLOW_LINKS}) {
            assertThatThrownBy(() -> io.open(file, WRITE, other))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("[" + other + "]");
        }
    }

    private void write(Path file, String text, OpenOption... options) throws IOException {
        ByteBuffer source = UTF_8.encode(text);
        assertThat(io.write(open(file, options), source)).isEqualTo(source.limit());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "50%", "%41", "a:b", "#", "?", "a+b", "back\\slash", "new\nline"})
    void anyNameIsFound(String name) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, name);
        ByteBuffer content = ByteBuffer.allocate(100);
        io.read(open(file), content);
        assertThat(UTF_8.decode(content.flip()).toString()).isEqualTo(name);
    }

    @Test
    void aNameThatIsNoTextIsFound() throws IOException {
        byte[] name = (directory + "/..").getBytes(UTF_8);
        name[name.length - 2] = (byte) 0xff;
        name[name.length - 1] = (byte) 0xc3;
        DirectMemory path = DirectMemory.ofString(name);
        Errno.check(NativeAccess.extras().mkfifo(path.address(), 0600), "mkfifo");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(open(files.findAny().orElseThrow())).isPositive();
        }
    }

    @Test
    void aPathOfAnotherFileSystemIsRefused() throws IOException {
        URI jar = URI.create("jar:" + directory.resolve("a.jar").toUri());
        try (FileSystem files = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
            assertThatThrownBy(() -> io.open(files.getPath("/x")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a.jar!/x]");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTransferAllocatesNothing(boolean direct) throws IOException {
        PipeEnds pipe = pipe();
        ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(64) : ByteBuffer.allocate(64);
        PosixDescriptorIO real = new PosixDescriptorIO(NativeAccess.libc());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int times = 20_000;
        long least = Long.MAX_VALUE;
        // When all is compiled; how soon that is, is the JIT's affair.
        for (int round = 0; round < 50 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            transfer(real, pipe, buffer, times);
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as("bytes for %d transfers", times).isZero();
    }

    private static void transfer(PosixDescriptorIO io, PipeEnds pipe, ByteBuffer buffer, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            io.write(pipe.writeEnd(), buffer.clear());
            io.read(pipe.readEnd(), buffer.clear());
        }
    }
}
