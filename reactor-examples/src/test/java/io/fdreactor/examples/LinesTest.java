// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinesTest {
    private final List<String> passed = new ArrayList<>();
    private final Lines lines = new Lines(passed::add);

    private void add(String text) {
        lines.add(UTF_8.encode(text));
    }

    @Test
    void aLineIsPassedOnAsSoonAsItIsComplete() {
        add("one");
        assertThat(passed).isEmpty();
        add("\ntwo\n\nthr");
        assertThat(passed).containsExactly("one", "two", "");
    }

    @Test
    void whatIsLeftAtTheEndIsALine() {
        add("one\ntwo");
        lines.end();
        assertThat(passed).containsExactly("one", "two");
    }

    @Test
    void nothingLeftAtTheEndIsNoLine() {
        add("one\n");
        lines.end();
        lines.end();
        assertThat(passed).containsExactly("one");
    }

    @Test
    void aCharacterThatComesInPiecesIsWhole() {
        for (byte piece : "zwölf €, 𝄞\n".getBytes(UTF_8)) {
            lines.add(ByteBuffer.wrap(new byte[] {piece}));
        }
        assertThat(passed).containsExactly("zwölf €, 𝄞");
    }

    @Test
    void whatIsNotUtf8IsReplacedAndHarmsNothingElse() {
        lines.add(ISO_8859_1.encode("z\u00f6lf\nok\n"));
        assertThat(passed).containsExactly("z\ufffdlf", "ok");
    }

    @Test
    void aLineWithoutEndIsPassedOnInParts() {
        add("x".repeat(2 * Lines.LONGEST_BYTES + 5));
        assertThat(passed).extracting(String::length).containsExactly(Lines.LONGEST_BYTES, Lines.LONGEST_BYTES);
        lines.end();
        assertThat(passed).last().isEqualTo("xxxxx");
    }

    @Test
    void aPartEndsBetweenTwoCharacters() {
        String text = "x" + "€".repeat(Lines.LONGEST_BYTES);
        add(text);
        lines.end();
        assertThat(passed).hasSizeGreaterThan(1);
        assertThat(String.join("", passed)).isEqualTo(text);
    }

    @Test
    void bytesThatOnlyContinueCharactersDoNotPileUp() {
        lines.add(ByteBuffer.wrap("\u0080".repeat(3 * Lines.LONGEST_BYTES).getBytes(ISO_8859_1)));
        assertThat(passed).hasSize(2);
    }
}
