// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest(name = "[{0}] [{1}]")
    @CsvSource({
        "'', ''",
        "*, ''",
        "*, anything",
        "user:*, user:1",
        "*:1, user:1",
        "u*e*:1, user:1",
        "*a*b*, xxaxxbxx",
        "h?llo, hello",
        "h[ae]llo, hallo",
        "h[^e]llo, hallo",
        "h[a-c]llo, hbllo",
        "h[c-a]llo, hbllo",
        "h[a-]llo, h-llo",
        "h[ab, ha",
        "h\\*llo, h*llo",
        "h[\\]]llo, h]llo",
        "*\\, a\\",
    })
    void matches(String pattern, String key) {
        assertThat(glob(pattern).matches(bytes(key))).isTrue();
    }

    @ParameterizedTest(name = "[{0}] [{1}]")
    @CsvSource({
        "'', a",
        "?, ''",
        "user:*, use:1",
        "*:1, user:12",
        "*a*b*, xxbxxaxx",
        "h?llo, hllo",
        "h[ae]llo, hillo",
        "h[^e]llo, hello",
        "h[a-c]llo, hdllo",
        "h[, h",
        "h[^, h",
        "h\\*llo, hello",
        "hello, helloo",
        "helloo, hello",
    })
    void doesNotMatch(String pattern, String key) {
        assertThat(glob(pattern).matches(bytes(key))).isFalse();
    }

    @ParameterizedTest(name = "{0} stars")
    @CsvSource({"2", "200"})
    void manyStarsAreNoWork(int stars) {
        assertThat(glob("*a".repeat(stars) + "b").matches(bytes("a".repeat(100_000))))
                .isFalse();
    }

    private static Glob glob(String pattern) {
        return new Glob(bytes(pattern));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
