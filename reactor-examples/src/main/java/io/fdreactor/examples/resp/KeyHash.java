// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.resp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * SipHash-1-3 with a seed that is made at the start: clients choose the keys, and with a hash that they can compute they
 * could choose many that collide.
 */
final class KeyHash {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long seed0;
    private final long seed1;

    KeyHash() {
        this(new SecureRandom());
    }

    private KeyHash(SecureRandom random) {
        this(random.nextLong(), random.nextLong());
    }

    KeyHash(long seed0, long seed1) {
        this.seed0 = seed0;
        this.seed1 = seed1;
    }

    /** All 64 bits of it. */
    long of(byte[] key) {
        long[] v = {
            seed0 ^ 0x736f6d6570736575L, seed1 ^ 0x646f72616e646f6dL,
            seed0 ^ 0x6c7967656e657261L, seed1 ^ 0x7465646279746573L
        };
        int whole = key.length & ~7;
        for (int i = 0; i < whole; i += 8) {
            absorb(v, (long) LONG.get(key, i));
        }
        long last = (long) key.length << 56;
        for (int i = whole; i < key.length; i++) {
            last |= (key[i] & 0xFFL) << 8 * (i - whole);
        }
        absorb(v, last);
        v[2] ^= 0xFF;
        for (int i = 0; i < 3; i++) {
            round(v);
        }
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    private static void absorb(long[] v, long word) {
        v[3] ^= word;
        round(v);
        v[0] ^= word;
    }

    private static void round(long[] v) {
        v[0] += v[1];
        v[1] = Long.rotateLeft(v[1], 13) ^ v[0];
        v[0] = Long.rotateLeft(v[0], 32);
        v[2] += v[3];
        v[3] = Long.rotateLeft(v[3], 16) ^ v[2];
        v[0] += v[3];
        v[3] = Long.rotateLeft(v[3], 21) ^ v[0];
        v[2] += v[1];
        v[1] = Long.rotateLeft(v[1], 17) ^ v[2];
        v[2] = Long.rotateLeft(v[2], 32);
    }
}
