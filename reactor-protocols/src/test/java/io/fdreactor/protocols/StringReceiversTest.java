// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.protocols.RecordingStrings.Netstrings;
import io.fdreactor.protocols.RecordingStrings.Prefixed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strings behind their length, in bytes or in digits. */
class StringReceiversTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void whatIsSentIsReceivedWhereverItIsCut(int prefixBytes) {
        Prefixed sender = new Prefixed(prefixBytes, 255);
        MemoryTransport out = MemoryTransport.of(sender);
        String longest = "x".repeat(255);
        sender.send("hello");
        sender.send("");
        sender.send(longest);
        String input = out.takeSent();
        assertThat(input).hasSize(3 * prefixBytes + 260);
        for (int cut = 0; cut <= input.length(); cut++) {
            Prefixed receiver = new Prefixed(prefixBytes, 255);
            MemoryTransport in = MemoryTransport.of(receiver);
            in.receive(input.substring(0, cut));
            in.receive(input.substring(cut));
            assertThat(receiver.told).containsExactly("hello", "", longest);
        }
    }

    @Test
    void thePrefixIsUnsignedAndBigEndian() {
        Prefixed receiver = new Prefixed(2, 70_000);
        MemoryTransport in = MemoryTransport.of(receiver);
        in.receive("\u0001\u0002" + "y".repeat(258) + "\u00ff\u00ff" + "z".repeat(65_000));
        in.receive("z".repeat(535));
        assertThat(receiver.told).containsExactly("y".repeat(258), "z".repeat(65_535));
    }

    @Test
    void aLengthBeyondTheLimitIsRefusedBeforeItsFirstByte() {
        Prefixed receiver = new Prefixed(4, 10);
        MemoryTransport in = MemoryTransport.of(receiver);
        in.receive("\0\0\0\u0001a\u00ff\u00ff\u00ff");
        assertThat(receiver.told).containsExactly("a");
        in.receive("\u00fe\0\0\0\u0001b");
        assertThat(receiver.told).containsExactly("a", "too long: 4294967294");
        assertThat(in.isClosed()).isTrue();
    }

    @Test
    void aStringThatItsPrefixCannotTellIsNotSent() {
        Prefixed sender = new Prefixed(1, 10);
        MemoryTransport out = MemoryTransport.of(sender);
        assertThatThrownBy(() -> sender.send("x".repeat(256)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a string of [256] bytes is too long: its length doesn't fit into 8 bits");
        assertThat(out.takeSent()).isEmpty();
    }

    @Test
    void nonsenseIsRefused() {
        assertThatThrownBy(() -> new Prefixed(3, 1)).hasMessageContaining("[3]");
        assertThatThrownBy(() -> new Prefixed(4, -1)).hasMessageContaining("[-1]");
        assertThatThrownBy(() -> new Netstrings(-1)).hasMessageContaining("[-1]");
    }

    @Test
    void netstringsComeWholeWhereverTheyAreCut() {
        Netstrings sender = new Netstrings(99);
        MemoryTransport out = MemoryTransport.of(sender);
        sender.send("hello, world");
        sender.send("");
        sender.send("1:a,");
        String input = out.takeSent();
        assertThat(input).isEqualTo("12:hello, world,0:,4:1:a,,");
        for (int cut = 0; cut <= input.length(); cut++) {
            Netstrings receiver = new Netstrings(99);
            MemoryTransport in = MemoryTransport.of(receiver);
            in.receive(input.substring(0, cut));
            in.receive(input.substring(cut));
            assertThat(receiver.told).containsExactly("hello, world", "", "1:a,");
        }
    }

    @Test
    void aNetstringThatIsNoneEndsTheInput() {
        assertRefused("x", "a netstring begins with a digit; this one has [x] there");
        assertRefused(":", "a netstring begins with a digit; this one has [:] there");
        assertRefused("1x", "a netstring has a colon after its length; this one has [x] there");
        assertRefused("1\n", "a netstring has a colon after its length; this one has [0x0a] there");
        assertRefused(
                "00:,", "a netstring whose length begins with 0 is empty, so a colon follows; this one has [0] there");
        assertRefused("3:abcd", "a netstring of 3 bytes ends with [,]; this one has [d] there");
        assertRefused("100", "a netstring of at least [100] bytes is announced; 99 are the most that is taken here");
        assertRefused(
                "9999999999999999999",
                "a netstring of at least [999] bytes is announced; 99 are the most that is taken here");
    }

    private static void assertRefused(String input, String reason) {
        Netstrings receiver = new Netstrings(99);
        MemoryTransport in = MemoryTransport.of(receiver);
        in.receive("1:a," + input);
        in.receive("1:b,");
        assertThat(receiver.told).containsExactly("a", "refused: " + reason + " [FDR-NETSTRING]");
        assertThat(in.isClosed()).isTrue();
    }
}
