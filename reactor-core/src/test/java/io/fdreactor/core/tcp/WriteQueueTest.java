// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fdreactor.core.testing.FakePoller;
import io.fdreactor.core.testing.FakeSockets;
import io.fdreactor.core.testing.FakeStream;
import io.fdreactor.core.testing.VirtualClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written and not yet sent. */
class WriteQueueTest {
    private static final int CHUNK = BufferPool.CHUNK_BYTES;

    private final FakeSockets sockets = new FakeSockets(new FakePoller(new VirtualClock()));
    private final BufferPool pool = new BufferPool(sockets, Long.MAX_VALUE);
    private final WriteQueue queue = new WriteQueue(pool, WriteQueue.newGather());
    private FakeStream stream;

    @BeforeEach
    void openStream() throws IOException {
        stream = (FakeStream) sockets.openStream(InetAddress.getLoopbackAddress());
    }

    private static ByteBuffer bytes(int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) (i * 31 + i / 256);
        }
        return ByteBuffer.wrap(bytes);
    }

    @Test
    void whatIsAppendedIsTakenAtOnce() {
        ByteBuffer data = bytes(100).position(10);
        queue.append(data);
        assertThat(data.remaining()).isZero();
        assertThat(queue.bytes()).isEqualTo(90);
        assertThat(queue.isEmpty()).isFalse();
    }

    @Test
    void itIsCopiedSoThatTheBufferMayBeReused() throws IOException {
        byte[] mine = {1, 2, 3};
        queue.append(ByteBuffer.wrap(mine));
        mine[1] = 9;
        assertThat(queue.writeTo(stream)).isTrue();
        assertThat(stream.takeSentBytes()).containsExactly(1, 2, 3);
    }

    @Test
    void smallWritesAreSentTogetherFromOneBuffer() throws IOException {
        for (int i = 0; i < 100; i++) {
            queue.append(bytes(10));
        }
        assertThat(queue.writeTo(stream)).isTrue();
        assertThat(stream.takeWrites()).containsExactly(1000);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void moreThanABufferIsGathered() throws IOException {
        queue.append(bytes(CHUNK * 3 + 5));
        assertThat(queue.writeTo(stream)).isTrue();
        assertThat(stream.takeWrites()).containsExactly(-(CHUNK * 3 + 5));
        assertThat(stream.takeSentBytes()).isEqualTo(bytes(CHUNK * 3 + 5).array());
    }

    @Test
    void aCallTakesAMebibyteAtMost() throws IOException {
        queue.append(bytes(CHUNK * 65));
        assertThat(queue.writeTo(stream)).isTrue();
        assertThat(queue.bytes()).isEqualTo(CHUNK);
        assertThat(queue.writeTo(stream)).isTrue();
        assertThat(stream.takeWrites()).containsExactly(-CHUNK * 64, CHUNK);
    }

    @Test
    void whatTheKernelDoesNotTakeStays() throws IOException {
        queue.append(bytes(100));
        stream.room(30);
        assertThat(queue.writeTo(stream)).isFalse();
        assertThat(queue.bytes()).isEqualTo(70);
        assertThat(queue.writeTo(stream)).isFalse();
        stream.room(1000);
        assertThat(queue.writeTo(stream)).isTrue();
        assertThat(stream.takeSentBytes()).isEqualTo(bytes(100).array());
    }

    @Test
    void aConnectionThatIsIdleHoldsNoBuffer() throws IOException {
        for (int i = 0; i < 1000; i++) {
            WriteQueue another = new WriteQueue(pool, WriteQueue.newGather());
            another.append(bytes(10));
            another.writeTo(stream);
        }
        assertThat(sockets.allocatedBytes()).isEqualTo(CHUNK);
    }

    @Test
    void clearedItGivesItsBuffersBack() {
        queue.append(bytes(CHUNK * 5));
        queue.clear();
        assertThat(queue.isEmpty()).isTrue();
        queue.append(bytes(CHUNK * 5));
        assertThat(sockets.allocatedBytes()).isEqualTo(CHUNK * 5);
    }

    @Test
    void anAppendThatFindsNoMemoryHalfWayHasAppendedNothing() throws IOException {
        queue.append(bytes(CHUNK + 10));
        sockets.leaveMemory(2 * CHUNK);
        ByteBuffer data = bytes(4 * CHUNK).position(5);
        assertThatThrownBy(() -> queue.append(data)).isInstanceOf(BufferPool.Exhausted.class);
        assertThat(queue.bytes()).isEqualTo(CHUNK + 10);
        assertThat(data.position()).isEqualTo(5);
        queue.append(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(queue.writeTo(stream)).isTrue();
        assertThat(stream.takeSentBytes())
                .isEqualTo(ByteBuffer.allocate(CHUNK + 13)
                        .put(bytes(CHUNK + 10))
                        .put(new byte[] {1, 2, 3})
                        .array());
        queue.append(bytes(4 * CHUNK));
        assertThat(sockets.allocatedBytes())
                .as("what it had taken was given back")
                .isEqualTo(4 * CHUNK);
    }

    @Test
    void anAppendOfAClosedArenaHasAppendedNothing() throws ReflectiveOperationException, IOException {
        assumeTrue(Runtime.version().feature() >= 22, "java.lang.foreign is there from JDK 22 on");
        Class<?> arenas = Class.forName("java.lang.foreign.Arena");
        Object arena = arenas.getMethod("ofConfined").invoke(null);
        Object segment = arenas.getMethod("allocate", long.class).invoke(arena, (long) CHUNK);
        ByteBuffer data = (ByteBuffer) Class.forName("java.lang.foreign.MemorySegment")
                .getMethod("asByteBuffer")
                .invoke(segment);
        arenas.getMethod("close").invoke(arena);
        queue.append(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThatThrownBy(() -> queue.append(data)).isInstanceOf(IllegalStateException.class);
        assertThat(queue.bytes()).isEqualTo(3);
        queue.append(ByteBuffer.wrap(new byte[] {4}));
        assertThat(queue.writeTo(stream)).isTrue();
        assertThat(stream.takeSentBytes()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void whileMemoryIsShortTheJvmIsAskedAgainOnlyWhenHalfHasComeBack() {
        queue.append(bytes(4 * CHUNK));
        sockets.leaveMemory(0);
        WriteQueue another = new WriteQueue(pool, WriteQueue.newGather());
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> another.append(bytes(1))).isInstanceOf(BufferPool.Exhausted.class);
        }
        assertThat(sockets.refusedAllocations()).isEqualTo(1);
        queue.clear();
        another.append(bytes(4 * CHUNK));
        assertThat(sockets.refusedAllocations())
                .as("there were those that had come back")
                .isEqualTo(1);
        assertThatThrownBy(() -> another.append(bytes(1))).isInstanceOf(BufferPool.Exhausted.class);
        assertThat(sockets.refusedAllocations()).as("still short").isEqualTo(1);
    }

    @Test
    void noMoreThanTheMaximumIsOut() {
        BufferPool small = new BufferPool(sockets, 3 * CHUNK);
        WriteQueue one = new WriteQueue(small, WriteQueue.newGather());
        WriteQueue two = new WriteQueue(small, WriteQueue.newGather());
        one.append(bytes(2 * CHUNK));
        two.append(bytes(1));
        assertThatThrownBy(() -> one.append(bytes(1))).isInstanceOf(BufferPool.Exhausted.class);
        two.append(bytes(CHUNK - 1));
        one.clear();
        two.append(bytes(2 * CHUNK));
        assertThat(two.bytes()).isEqualTo(3 * CHUNK);
        assertThat(sockets.allocatedBytes()).isEqualTo(3 * CHUNK);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, -2, 101})
    void aResultThatCannotBeIsAnErrorAndChangesNothing(int result) {
        queue.append(bytes(100));
        stream.writeReturns(result);
        assertThatThrownBy(() -> queue.writeTo(stream))
                .isInstanceOf(IOException.class)
                .hasMessage("the socket says that it has taken [" + result + "] of [100] bytes");
        assertThat(queue.bytes()).isEqualTo(100);
    }

    @Test
    void onlySomeBuffersAreKept() {
        queue.append(bytes(CHUNK * 100));
        queue.clear();
        queue.append(bytes(CHUNK * 100));
        assertThat(sockets.allocatedBytes()).isEqualTo(CHUNK * (100 + 36));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverIsAppendedArrivesOnceAndInOrder(long seed) throws IOException {
        Random random = new Random(seed);
        ByteArrayOutputStream appended = new ByteArrayOutputStream();
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (int step = 0; step < 2000; step++) {
            if (random.nextInt(3) > 0) {
                byte[] data = new byte[size(random)];
                random.nextBytes(data);
                appended.writeBytes(data);
                queue.append(
                        random.nextBoolean()
                                ? ByteBuffer.wrap(data)
                                : ByteBuffer.wrap(data).asReadOnlyBuffer());
            } else if (!queue.isEmpty()) {
                long room = random.nextInt(4) == 0 ? 0 : size(random) * 2L;
                long before = queue.bytes();
                stream.room(room);
                boolean all = queue.writeTo(stream);
                byte[] taken = stream.takeSentBytes();
                sent.writeBytes(taken);
                assertThat(queue.bytes()).isEqualTo(before - taken.length);
                assertThat(all).as("took all it was offered").isEqualTo(taken.length == Math.min(before, offered()));
            }
            assertThat(queue.bytes()).isEqualTo(appended.size() - sent.size());
        }
        stream.room(Long.MAX_VALUE);
        while (!queue.isEmpty()) {
            queue.writeTo(stream);
        }
        sent.writeBytes(stream.takeSentBytes());
        assertThat(sent.toByteArray()).isEqualTo(appended.toByteArray());
    }

    private int offered() {
        return stream.takeWrites().stream().mapToInt(Math::abs).sum();
    }

    private static int size(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(3);
            case 1 -> random.nextInt(100);
            case 2 -> CHUNK - 1 + random.nextInt(3);
            default -> random.nextInt(CHUNK * 4);
        };
    }
}
