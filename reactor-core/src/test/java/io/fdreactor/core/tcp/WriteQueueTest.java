// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.core.tcp;

import static org.assertj.core.api.Assertions.assertThat;

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
    private final BufferPool pool = new BufferPool(sockets);
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
