// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.protocols;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fdreactor.protocols.RecordingStrings.Netstrings;
import io.fdreactor.protocols.RecordingStrings.Prefixed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Input made by lot, right and wrong, cut by lot: what a receiver tells is what a naive parser of the whole input finds, and
 * nothing is thrown. The seeds are fixed, so what fails once fails again.
 */
class ReceiverFuzzTest {
    private static final int ROUNDS = 4_000;
    private static final int MAX = 12;

    @Test
    void lines() {
        for (String delimiter : List.of("\r\n", "\n", "aab", "aa")) {
            for (int seed = 0; seed < ROUNDS; seed++) {
                Random random = new Random(seed);
                String input = letters(random, 120, "ab\r\n" + delimiter);
                RecordingLines lines = new RecordingLines(delimiter, MAX);
                play(random, input, MemoryTransport.of(lines), lines);
                assertThat(lines.told)
                        .as("seed %d, delimiter %s, input %s", seed, shown(delimiter), shown(input))
                        .isEqualTo(linesIn(input, delimiter));
            }
        }
    }

    @Test
    void prefixedStrings() {
        for (int prefixBytes : new int[] {1, 2, 4}) {
            for (int seed = 0; seed < ROUNDS; seed++) {
                Random random = new Random(seed);
                StringBuilder input = new StringBuilder();
                while (random.nextInt(8) > 0) {
                    int length = random.nextInt(MAX + 1);
                    input.append("\0".repeat(prefixBytes - 1))
                            .append((char) length)
                            .append(letters(random, length, "ab\0"));
                }
                mutate(random, input);
                Prefixed strings = new Prefixed(prefixBytes, MAX);
                play(random, input.toString(), MemoryTransport.of(strings), strings);
                assertThat(strings.told)
                        .as("seed %d, %d bytes, input %s", seed, prefixBytes, shown(input.toString()))
                        .isEqualTo(stringsIn(input.toString(), prefixBytes));
            }
        }
    }

    @Test
    void netstrings() {
        for (int seed = 0; seed < 2 * ROUNDS; seed++) {
            Random random = new Random(seed);
            StringBuilder input = new StringBuilder();
            while (random.nextInt(8) > 0) {
                String string = letters(random, random.nextInt(MAX + 1), "ab,:1");
                input.append(string.length()).append(':').append(string).append(',');
            }
            mutate(random, input);
            Netstrings strings = new Netstrings(MAX);
            play(random, input.toString(), MemoryTransport.of(strings), strings);
            List<String> told = strings.told.stream()
                    .map(it -> it.startsWith("refused: ") ? "refused" : it)
                    .toList();
            assertThat(told)
                    .as("seed %d, input %s", seed, shown(input.toString()))
                    .isEqualTo(netstringsIn(input.toString()));
        }
    }

    /** Delivers it in pieces; now and then the receiver is paused by somebody else. */
    private static void play(Random random, String input, MemoryTransport transport, FrameReceiver receiver) {
        byte[] bytes = input.getBytes(ISO_8859_1);
        int most = 1 + random.nextInt(bytes.length + 1);
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(most));
            if (random.nextInt(10) == 0) {
                receiver.pauseProducing();
                receiver.resumeProducing();
            }
            if (!transport.receive(bytes, from, to)) {
                return;
            }
            from = to;
        }
    }

    private static String letters(Random random, int length, String alphabet) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < length; i++) {
            letters.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return letters.toString();
    }

    private static void mutate(Random random, StringBuilder input) {
        for (int i = random.nextInt(3); i > 0 && !input.isEmpty(); i--) {
            int at = random.nextInt(input.length());
            switch (random.nextInt(3)) {
                case 0 -> input.deleteCharAt(at);
                case 1 -> input.insert(at, (char) random.nextInt(256));
                default -> input.setCharAt(at, (char) ('0' + random.nextInt(12)));
            }
        }
    }

    private static List<String> linesIn(String input, String delimiter) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; ; ) {
            int end = input.indexOf(delimiter, from);
            if (end < 0 ? input.length() - from >= MAX + delimiter.length() : end - from > MAX) {
                lines.add("too long");
                return lines;
            }
            if (end < 0) {
                return lines;
            }
            lines.add("line " + input.substring(from, end));
            from = end + delimiter.length();
        }
    }

    private static List<String> stringsIn(String input, int prefixBytes) {
        List<String> strings = new ArrayList<>();
        for (int from = 0; from + prefixBytes <= input.length(); ) {
            long length = 0;
            for (char next : input.substring(from, from + prefixBytes).toCharArray()) {
                length = length * 256 + next;
            }
            from += prefixBytes;
            if (length > MAX) {
                strings.add("too long: " + length);
                return strings;
            }
            if (from + length > input.length()) {
                return strings;
            }
            strings.add(input.substring(from, from + (int) length));
            from += (int) length;
        }
        return strings;
    }

    private static List<String> netstringsIn(String input) {
        List<String> strings = new ArrayList<>();
        String rest = input;
        while (!rest.isEmpty()) {
            int digits = 0;
            while (digits < rest.length() && rest.charAt(digits) >= '0' && rest.charAt(digits) <= '9') {
                digits++;
            }
            String number = rest.substring(0, digits);
            boolean zeros = digits > 1 && number.startsWith("0");
            boolean noColon = digits < rest.length() && (digits == 0 || rest.charAt(digits) != ':');
            if (zeros || noColon || digits > 0 && new java.math.BigInteger(number).intValueExact() > MAX) {
                strings.add("refused");
                return strings;
            }
            int length = Integer.parseInt(number);
            int end = digits + 1 + length;
            if (end >= rest.length()) {
                return strings;
            }
            if (rest.charAt(end) != ',') {
                strings.add("refused");
                return strings;
            }
            strings.add(rest.substring(digits + 1, end));
            rest = rest.substring(end + 1);
        }
        return strings;
    }

    private static final Function<String, String> ESCAPE = text -> text.chars()
            .mapToObj(c -> c > ' ' && c < 127 ? String.valueOf((char) c) : "\\x%02x".formatted(c))
            .reduce("", String::concat);

    private static String shown(String text) {
        return ESCAPE.apply(text);
    }
}
