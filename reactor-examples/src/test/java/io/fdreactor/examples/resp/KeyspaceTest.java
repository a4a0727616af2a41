// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.resp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keys that several threads change, and what becomes of those that expire. */
class KeyspaceTest {
    private static final byte[] KEY = bytes("key");

    /** About to begin anew from the least. */
    private long nowNanos = Long.MAX_VALUE - 1;

    private final MemoryLimit memory = new MemoryLimit(1000);
    private final Keyspace keys = new Keyspace(() -> nowNanos, memory);

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    private void passMillis(long millis) {
        nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void whatSeveralThreadsAddIsAllCounted() {
        int rounds = 100_000;
        CompletableFuture<?>[] threads = Stream.generate(() -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < rounds; i++) {
                        addOne();
                    }
                }))
                .limit(4)
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(threads).join();
        assertThat(keys.get(KEY)).asString(US_ASCII).isEqualTo(Integer.toString(4 * rounds));
    }

    private void addOne() {
        byte[] before;
        int next;
        do {
            before = keys.get(KEY);
            next = before == null ? 1 : Integer.parseInt(new String(before, US_ASCII)) + 1;
        } while (!keys.replace(KEY, before, bytes(Integer.toString(next))));
    }

    @Test
    void whatHasExpiredIsNotAmongThoseThatMatch() {
        keys.set(KEY, bytes("1"), 5);
        keys.set(bytes("other"), bytes("1"));
        assertThat(keys.matching(key -> key.length == 3)).containsExactly(KEY);
        assertThat(keys.matching(key -> true)).hasSize(2);
        passMillis(5);
        assertThat(keys.matching(key -> true)).containsExactly(bytes("other"));
    }

    @Test
    void whatHasChangedSinceItWasSeenIsNotReplaced() {
        byte[] seen = bytes("1");
        keys.set(KEY, seen);
        keys.set(KEY, bytes("1"));
        assertThat(keys.replace(KEY, seen, bytes("2"))).isFalse();
        assertThat(keys.replace(KEY, null, bytes("2"))).isFalse();
        keys.delete(KEY);
        assertThat(keys.replace(KEY, seen, bytes("2"))).isFalse();
        assertThat(keys.replace(KEY, null, bytes("2"))).isTrue();
    }

    @Test
    void whatIsReplacedExpiresWhenItWouldHaveAndIsNewAfterwards() {
        byte[] first = bytes("first");
        byte[] second = bytes("second");
        keys.set(KEY, first, 10);
        passMillis(4);
        assertThat(keys.replace(KEY, first, second)).isTrue();
        assertThat(keys.millisToLive(KEY)).isEqualTo(6);
        passMillis(6);
        assertThat(keys.get(KEY)).isNull();
        assertThat(keys.replace(KEY, second, first)).isFalse();
        assertThat(keys.replace(KEY, null, first)).isTrue();
        assertThat(keys.millisToLive(KEY)).isEqualTo(-1);
    }

    @Test
    void aTimeThatWasReplacedTakesNothingAway() {
        keys.set(KEY, bytes("short"), 1);
        keys.set(KEY, bytes("long"), 100);
        keys.set(bytes("other"), bytes("for good"), 1);
        keys.set(bytes("other"), bytes("for good"));
        passMillis(50);
        assertThat(keys.size()).isEqualTo(2);
        assertThat(keys.expire(KEY, 200)).isTrue();
        passMillis(150);
        assertThat(keys.size()).isEqualTo(2);
        passMillis(50);
        assertThat(keys.size()).isEqualTo(1);
        assertThat(keys.expire(KEY, 200)).isFalse();
        assertThat(keys.delete(KEY)).isFalse();
    }

    @Test
    void memoryIsCountedWhateverBecomesOfAnEntry() {
        keys.set(KEY, new byte[500]);
        assertThat(memory.usedBytes()).isBetween(503L, 1000L);
        keys.set(KEY, new byte[10]);
        byte[] value = keys.get(KEY);
        assertThat(keys.replace(KEY, value, new byte[20])).isTrue();
        assertThat(memory.usedBytes()).isBetween(23L, 400L);
        keys.set(bytes("b"), new byte[900], 5);
        assertThat(keys.isFull()).isTrue();
        passMillis(5);
        assertThat(keys.isFull()).isFalse();
        keys.expire(KEY, 5);
        keys.delete(KEY);
        keys.set(KEY, new byte[7], 1);
        passMillis(1);
        assertThat(keys.size()).isZero();
        assertThat(memory.usedBytes()).isZero();
    }

    @Test
    void aTimeFarAwayIsNotBehind() {
        keys.set(KEY, bytes("v"));
        assertThat(keys.expire(KEY, Long.MAX_VALUE)).isTrue();
        passMillis(1000);
        assertThat(keys.get(KEY)).isNotNull();
        assertThat(keys.millisToLive(KEY)).isGreaterThan(Long.MAX_VALUE / 2);
    }
}
