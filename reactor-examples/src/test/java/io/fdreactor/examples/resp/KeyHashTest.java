// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.resp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyHashTest {
    /** As many as there are words of fourteen letters in which each pair is one of these two. */
    @Test
    void keysThatCollideInJavasHashDoNotHere() {
        KeyHash hash = new KeyHash();
        Set<Integer> javas = new HashSet<>();
        Set<Integer> ours = new HashSet<>();
        for (int i = 0; i < 16_384; i++) {
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < 14; bit++) {
                key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            javas.add(key.toString().hashCode());
            ours.add(Long.hashCode(hash.of(key.toString().getBytes(US_ASCII))));
        }
        assertThat(javas).hasSize(1);
        assertThat(ours).hasSizeGreaterThan(16_300);
    }

    @Test
    void theSeedAndEachByteCount() {
        byte[] key = "0123456789".getBytes(US_ASCII);
        Set<Long> hashes = new HashSet<>();
        KeyHash hash = new KeyHash(1, 2);
        hashes.add(hash.of(key));
        assertThat(hash.of(key.clone())).isIn(hashes);
        hashes.add(new KeyHash(2, 2).of(key));
        hashes.add(new KeyHash(1, 3).of(key));
        for (int i = 0; i < key.length; i++) {
            byte[] other = key.clone();
            other[i]++;
            hashes.add(hash.of(other));
        }
        assertThat(hashes).hasSize(3 + key.length);
    }
}
