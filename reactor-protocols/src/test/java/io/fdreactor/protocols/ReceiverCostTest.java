// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a receiver keeps, and how often it copies. */
class ReceiverCostTest {
    private final PartialFrame kept = new PartialFrame();

    @Test
    void bytesThatComeOneAtATimeAreCopiedRarely() {
        Set<ByteBuffer> buffers = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 1 << 20; i++) {
            kept.append(ByteBuffer.wrap(new byte[] {(byte) i}), 1);
            buffers.add(kept.bytes());
        }
        assertThat(buffers).hasSizeLessThan(20);
        assertThat(kept.bytes().capacity()).isLessThanOrEqualTo(2 << 20);
        for (int i = 0; i < 1 << 20; i++) {
            assertThat(kept.bytes().get() == (byte) i).isTrue();
        }
    }

    @Test
    void whatWasTakenMakesRoomForWhatComes() {
        kept.append(ByteBuffer.wrap(new byte[60]), 60);
        ByteBuffer first = kept.bytes();
        first.position(50);
        kept.append(ByteBuffer.wrap("hello".getBytes(ISO_8859_1)), 5);
        kept.append(ByteBuffer.wrap("0123456789".getBytes(ISO_8859_1)), 10);
        assertThat(kept.bytes()).isSameAs(first);
        assertThat(ISO_8859_1.decode(kept.bytes()).toString()).isEqualTo("\0".repeat(10) + "hello0123456789");
    }

    @Test
    void whoKeepsNothingHoldsLittle() {
        kept.append(ByteBuffer.wrap(new byte[5000]), 5000);
        kept.clear();
        assertThat(kept.bytes().capacity()).isZero();
    }

    @Test
    void ofALargeInputOnlyTheCutFrameIsCopied() {
        CountingLines lines = new CountingLines();
        MemoryTransport transport = MemoryTransport.of(lines);
        transport.receive("begin");
        transport.receive("end\r\n" + "whole\r\n".repeat(1000) + "beg");
        assertThat(lines.direct).isEqualTo(1000);
        assertThat(lines.copied).isEqualTo(1);
    }

    /** The transport's buffer is a direct one. */
    private static final class CountingLines extends LineReceiver {
        int direct;
        int copied;

        @Override
        protected void lineReceived(ByteBuffer line) {
            if (line.isDirect()) {
                direct++;
            } else {
                copied++;
            }
        }
    }
}
