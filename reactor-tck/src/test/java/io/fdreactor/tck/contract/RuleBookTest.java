// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fdreactor.Capability;
import io.fdreactor.tck.contract.RuleBook.RuleText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RuleBookTest {
    private static final String SAMPLE = """
            # A file's head

            Words about it.

            ## FD: a chapter

            ### FD-01 · CAP(INT_FD)+

            **Rule.** What is owed,
            on two lines.

            **Intent.** Why.

            **If it fails, look at.**

            - Poller: one thing,
              on two lines.
            - Reactor: another.

            ## TIME: the next chapter

            Words about that.
            """;

    @Test
    void chaptersAreCompleteAndInOrder() {
        List<String> expected = Stream.of(
                        ids("FD", 38),
                        ids("TIME", 13),
                        ids("CORE", 17),
                        ids("THREAD", 8),
                        ids("SPI", 5),
                        ids("NET", 12),
                        // Those between are for UDP, UNIX sockets, TLS, adoption and processes.
                        ids("NET", 18, 34))
                .flatMap(ids -> ids)
                .toList();
        assertThat(RuleBook.rules().keySet()).containsExactlyElementsOf(expected);
        RuleBook.rules().forEach((id, rule) -> assertThat(rule.id()).isEqualTo(id));
    }

    private static Stream<String> ids(String chapter, int count) {
        return ids(chapter, 1, count);
    }

    private static Stream<String> ids(String chapter, int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(number -> "%s-%02d".formatted(chapter, number));
    }

    @Test
    void everyRuleStandsInItsChapter() throws IOException {
        String chapter = "";
        int rules = 0;
        for (String line : file().lines().toList()) {
            if (line.startsWith("## ")) {
                chapter = line.substring(3, line.indexOf(':'));
            } else if (line.startsWith("#") && !chapter.isEmpty()) {
                assertThat(line).startsWith("### " + chapter + "-");
                rules++;
            }
        }
        assertThat(rules).as("sections in the file").isEqualTo(RuleBook.rules().size());
    }

    private static String file() throws IOException {
        try (InputStream file = RuleBook.class.getResourceAsStream("/io/fdreactor/tck/RULES.md")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aCapabilityIsNamedWhereTheLevelNeedsOne() {
        assertThat(RuleBook.rules().values())
                .allSatisfy(rule -> assertThat(rule.capability() != null).isEqualTo(rule.level() == Level.CAP));
        assertThat(RuleBook.rules().values()).extracting(RuleText::level).contains(Level.values());
    }

    @Test
    void capabilitiesThatRulesMentionExist() {
        Pattern mention = Pattern.compile("CAP\\((.*?)\\)");
        List<String> names = RuleBook.rules().values().stream()
                .flatMap(rule -> mention.matcher(rule.text()).results())
                .map(found -> found.group(1))
                .toList();
        assertThat(names).isNotEmpty().allSatisfy(Capability::valueOf);
    }

    @Test
    void noPartIsEmpty() {
        Pattern item = Pattern.compile("(Poller|Reactor|Sockets|Provider|Machine): \\S.*\\.");
        RuleBook.rules().forEach((id, rule) -> {
            assertThat(rule.text()).as(id).matches("\\S.*[.)]");
            assertThat(rule.intent()).as(id).matches("\\S.*[.)]");
            assertThat(rule.lookAt()).as(id).hasSizeBetween(2, 4);
            assertThat(rule.lookAt()).as(id).allSatisfy(each -> assertThat(each).matches(item));
            assertThat(rule.lookAt())
                    .as(id + ": help for those without our core")
                    .anyMatch(each -> each.startsWith("Reactor: ") || each.startsWith("Provider: "));
        });
    }

    @Test
    void rulesCannotBeChanged() {
        assertThatThrownBy(RuleBook.rules()::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(RuleBook.rules().get("FD-01").lookAt()::clear)
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aSectionIsReadInAllItsParts() {
        assertThat(RuleBook.parse(SAMPLE))
                .isEqualTo(Map.of(
                        "FD-01",
                        new RuleText(
                                "FD-01",
                                Level.CAP,
                                Capability.INT_FD,
                                true,
                                "What is owed, on two lines.",
                                "Why.",
                                List.of("Poller: one thing, on two lines.", "Reactor: another."))));
    }

    @Test
    void levelsAreReadAsTheyAreWritten() {
        assertLevel("MUST", Level.MUST, false);
        assertLevel("MUST+", Level.MUST, true);
        assertLevel("SHOULD", Level.SHOULD, false);
        assertLevel("SHOULD+", Level.SHOULD, true);
        assertLevel("CAP(TCP)", Level.CAP, false);
    }

    private static void assertLevel(String written, Level level, boolean beyondTwisted) {
        RuleText rule = RuleBook.parse(SAMPLE.replace("CAP(INT_FD)+", written)).get("FD-01");
        assertThat(rule.level()).isEqualTo(level);
        assertThat(rule.beyondTwisted()).isEqualTo(beyondTwisted);
    }

    @Test
    void whatIsBuiltOtherwiseIsRefused() {
        String heading = "### FD-01 · ";
        assertRefused(heading + "MAY", SAMPLE.replace("CAP(INT_FD)+", "MAY"));
        assertRefused(heading + "CAP", SAMPLE.replace("CAP(INT_FD)+", "CAP"));
        assertRefused(heading + "CAP()", SAMPLE.replace("CAP(INT_FD)+", "CAP()"));
        assertRefused(heading + "MUST(INT_FD)", SAMPLE.replace("CAP(INT_FD)+", "MUST(INT_FD)"));
        assertRefused("### FD-1 · CAP(INT_FD)+", SAMPLE.replace("FD-01", "FD-1"));
        for (String part : List.of(
                "on two lines.\n\n",
                "**Intent.** Why.\n\n",
                " Why.",
                "**If it fails, look at.**\n\n",
                "- Poller: one thing,\n  on two lines.\n- Reactor: another.\n")) {
            assertThat(SAMPLE).contains(part);
            assertRefused(heading + "CAP(INT_FD)+", SAMPLE.replace(part, ""));
        }
        assertRefused(heading + "CAP(INT_FD)+", SAMPLE.replace("## TIME: the next chapter\n", "More words.\n"));
    }

    @Test
    void aCapabilityThatIsNoneIsRefused() {
        assertRefused("SORCERY", SAMPLE.replace("INT_FD", "SORCERY"));
    }

    @Test
    void anIdThatIsThereTwiceIsRefused() {
        assertRefused("FD-01", SAMPLE + SAMPLE);
    }

    private static void assertRefused(String culprit, String markdown) {
        assertThatThrownBy(() -> RuleBook.parse(markdown))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[" + culprit + "]");
    }
}
