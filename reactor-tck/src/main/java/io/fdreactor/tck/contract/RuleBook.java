// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.contract;

import io.fdreactor.Capability;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The contract's words, for those who quote them: {@code RULES.md}, which lies beside this class and is read once.
 *
 * <p>The file is for people first, so it is Markdown; its sections all have the same parts in the same order, and one
 * that hasn't is an error rather than a rule that nobody misses.
 */
public final class RuleBook {
    private static final String FILE = "/io/fdreactor/tck/RULES.md";
    private static final Pattern BEFORE_HEADING = Pattern.compile("^(?=##)", Pattern.MULTILINE);
    private static final Pattern BEFORE_ITEM = Pattern.compile("^- ", Pattern.MULTILINE);
    private static final Pattern SECTION = Pattern.compile("""
            ### (?<id>[A-Z]+-\\d{2}) · (?:(?<level>MUST|SHOULD)|CAP\\((?<capability>\\w+)\\))(?<beyond>\\+?)

            \\*\\*Rule\\.\\*\\* (?<text>(?:.+\\n)+)
            \\*\\*Intent\\.\\*\\* (?<intent>(?:.+\\n)+)
            \\*\\*If it fails, look at\\.\\*\\*

            (?<lookAt>(?:- .+\\n(?: {2}.+\\n)*)+)\\n*""");

    private static final Map<String, RuleText> RULES = parse(read());

    private RuleBook() {}

    /**
     * A rule, in words. They are Markdown, without line breaks.
     *
     * @param id such as {@code "FD-07"}
     * @param level how binding it is
     * @param capability whose claimants owe it; null unless the level is {@link Level#CAP}
     * @param beyondTwisted whether it asks more than Twisted gives
     * @param text what is owed
     * @param intent why somebody needs it
     * @param lookAt mistakes that are easily made, each beginning with who makes them: {@code "Poller: "}
     */
    public record RuleText(
            String id,
            Level level,
            @Nullable Capability capability,
            boolean beyondTwisted,
            String text,
            String intent,
            List<String> lookAt) {}

    /** All rules by id, in the order of the file; immutable. */
    public static Map<String, RuleText> rules() {
        return RULES;
    }

    public static Map<String, RuleText> parse(String markdown) {
        Map<String, RuleText> rules = new LinkedHashMap<>();
        for (String section : BEFORE_HEADING.split(markdown)) {
            if (section.startsWith("###")) {
                RuleText rule = parseSection(section);
                if (rules.put(rule.id(), rule) != null) {
                    throw new IllegalStateException("[" + rule.id() + "] is there twice in " + FILE);
                }
            }
        }
        return Collections.unmodifiableMap(rules);
    }

    private static RuleText parseSection(String section) {
        Matcher parts = SECTION.matcher(section);
        if (!parts.matches()) {
            throw new IllegalStateException("[" + section.lines().findFirst().orElse("") + "] isn't built as a rule in "
                    + FILE + " has to be: a heading with id and level, Rule, Intent, If it fails, each after an empty"
                    + " line");
        }
        String id = parts.group("id");
        String level = parts.group("level");
        return new RuleText(
                id,
                level == null ? Level.CAP : Level.valueOf(level),
                capability(id, parts.group("capability")),
                !parts.group("beyond").isEmpty(),
                onOneLine(parts.group("text")),
                onOneLine(parts.group("intent")),
                Arrays.stream(BEFORE_ITEM.split(parts.group("lookAt")))
                        .filter(item -> !item.isEmpty())
                        .map(RuleBook::onOneLine)
                        .toList());
    }

    private static @Nullable Capability capability(String id, @Nullable String name) {
        try {
            return name == null ? null : Capability.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "[" + id + "] is for those who claim [" + name + "], which is no capability: take one of "
                            + Arrays.toString(Capability.values()),
                    e);
        }
    }

    private static String onOneLine(String block) {
        return block.strip().replaceAll("\n *", " ");
    }

    private static String read() {
        try (InputStream file = RuleBook.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("[" + FILE + "] isn't on the path of [" + RuleBook.class.getName()
                        + "], where the jar of fdreactor-tck has it; whatever has repackaged that jar has to take it"
                        + " along");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read [" + FILE + "]", e);
        }
    }
}
