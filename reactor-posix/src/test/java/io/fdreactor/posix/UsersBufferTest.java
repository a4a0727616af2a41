// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.posix;

import static io.fdreactor.posix.libc.Errno.EAGAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fdreactor.DescriptorIO.PipeEnds;
import io.fdreactor.posix.testing.Fds;
import io.fdreactor.posix.testing.ForwardingLibc;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Buffers whose memory or position changes under a call. */
class UsersBufferTest {
    private static final boolean HAS_ARENAS = Runtime.version().feature() >= 22;

    /** Tells where it was to read and write, and does neither. */
    private static final class Recorder extends ForwardingLibc {
        private final List<Long> addresses = new ArrayList<>();
        private final long first;
        private final long end;
        private int outside;

        Recorder(long first, long end) {
            super(NativeAccess.libc());
            this.first = first;
            this.end = end;
        }

        @Override
        protected int on(String name, IntSupplier call) {
            return call.getAsInt();
        }

        @Override
        public int read(int fd, long address, int length) {
            return note(address, length);
        }

        @Override
        public int write(int fd, long address, int length) {
            return note(address, length);
        }

        private int note(long address, int length) {
            if (address < first || address + length > end || length < 0) {
                outside++;
            }
            if (addresses.size() < 10) {
                addresses.add(address);
            }
            return -EAGAIN;
        }
    }

    private final Fds fds = new Fds();
    private final PosixDescriptorIO real = new PosixDescriptorIO(NativeAccess.libc());

    @AfterEach
    void closeAll() {
        fds.close();
    }

    @Test
    void aCallStaysInsideABufferWhosePositionAnotherThreadMoves() throws Exception {
        ByteBuffer slice = ByteBuffer.allocateDirect(300).slice(100, 100);
        long first = NativeAccess.addressOf(slice);
        Recorder recorder = new Recorder(first, first + 100);
        PosixDescriptorIO io = new PosixDescriptorIO(recorder);
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread mover = new Thread(() -> {
            while (!done.isDone()) {
                slice.limit(100).position(90);
                slice.position(0).limit(10);
            }
        });
        mover.start();
        for (int i = 0; i < 500_000; i++) {
            io.read(0, slice);
            io.write(0, slice);
        }
        done.complete(null);
        mover.join();
        assertThat(recorder.outside).isZero();
    }

    @Test
    void aBufferOfTheJdksOwnIsUsedWhereItIs() throws Exception {
        ByteBuffer direct = ByteBuffer.allocateDirect(10).position(2);
        long address = NativeAccess.addressOf(direct);
        Recorder recorder = new Recorder(address, address + 10);
        PosixDescriptorIO io = new PosixDescriptorIO(recorder);
        io.read(0, direct);
        io.write(0, direct.slice());
        assertThat(recorder.addresses).containsOnly(address + 2);
    }

    @Test
    void theKernelIsNeverGivenAnArenasMemory() throws Exception {
        Object arena = arena("ofShared");
        ByteBuffer buffer = buffer(arena);
        Recorder recorder = new Recorder(0, Long.MAX_VALUE);
        PosixDescriptorIO io = new PosixDescriptorIO(recorder);
        io.read(0, buffer);
        io.write(0, buffer.duplicate());
        long address = NativeAccess.addressOf(buffer);
        assertThat(recorder.addresses).hasSize(2).noneMatch(it -> it >= address && it < address + buffer.capacity());
        close(arena);
    }

    @Test
    void bytesGoThroughAnArenasMemory() throws Exception {
        PipeEnds pipe = pipe();
        Object arena = arena("ofConfined");
        ByteBuffer buffer = buffer(arena);
        buffer.put(3, (byte) 42).position(3).limit(5);
        assertThat(real.write(pipe.writeEnd(), buffer)).isEqualTo(2);
        assertThat(buffer.position()).isEqualTo(5);
        assertThat(real.read(pipe.readEnd(), buffer.clear().position(7))).isEqualTo(2);
        assertThat(buffer.position()).isEqualTo(9);
        assertThat(buffer.get(7)).isEqualTo((byte) 42);
        close(arena);
    }

    @Test
    void aClosedArenasBufferIsRefusedAndNothingIsReadOrWritten() throws Exception {
        PipeEnds pipe = pipe();
        real.write(pipe.writeEnd(), ByteBuffer.allocate(1));
        Object arena = arena("ofShared");
        ByteBuffer buffer = buffer(arena);
        real.write(pipe.writeEnd(), buffer.duplicate().limit(1));
        close(arena);
        assertThatThrownBy(() -> real.read(pipe.readEnd(), buffer)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> real.write(pipe.writeEnd(), buffer)).isInstanceOf(IllegalStateException.class);
        assertThat(buffer.position()).isZero();
        assertThat(real.read(pipe.readEnd(), ByteBuffer.allocate(9))).isEqualTo(2);
    }

    @Test
    void anotherThreadsArenaIsRefusedAndNothingIsReadOrWritten() throws Exception {
        assumeTrue(HAS_ARENAS, "java.lang.foreign");
        PipeEnds pipe = pipe();
        real.write(pipe.writeEnd(), ByteBuffer.allocate(1));
        CompletableFuture<ByteBuffer> made = new CompletableFuture<>();
        Thread owner = new Thread(() -> made.complete(buffer(arena("ofConfined"))));
        owner.start();
        owner.join();
        ByteBuffer foreign = made.join();
        assertThatThrownBy(() -> real.read(pipe.readEnd(), foreign)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> real.write(pipe.writeEnd(), foreign)).isInstanceOf(RuntimeException.class);
        assertThat(real.read(pipe.readEnd(), ByteBuffer.allocate(9))).isEqualTo(1);
    }

    private PipeEnds pipe() throws IOException {
        PipeEnds pipe = real.pipe();
        fds.keep(pipe.readEnd());
        fds.keep(pipe.writeEnd());
        return pipe;
    }

    private static Object arena(String kind) {
        assumeTrue(HAS_ARENAS, "java.lang.foreign");
        return call(method("Arena", kind), null);
    }

    private static ByteBuffer buffer(Object arena) {
        Object segment = call(method("Arena", "allocate", long.class, long.class), arena, 16L, 8L);
        return (ByteBuffer) call(method("MemorySegment", "asByteBuffer"), segment);
    }

    private static void close(Object arena) {
        call(method("Arena", "close"), arena);
    }

    private static Method method(String type, String name, Class<?>... parameters) {
        try {
            return Class.forName("java.lang.foreign." + type).getMethod(name, parameters);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object call(Method method, Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
