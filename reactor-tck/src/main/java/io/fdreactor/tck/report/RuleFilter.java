// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.report;

import io.fdreactor.tck.contract.RuleIndex;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Which rules are asked for: comma-separated ids, in which {@code *} stands for anything. */
public final class RuleFilter {
    /** A configuration parameter of JUnit, which a system property sets, too. */
    public static final String PARAMETER = "fdreactor.tck.rule";

    public static final RuleFilter ALL = new RuleFilter(List.of("*"));

    private final List<String> globs;
    private final List<Pattern> patterns;

    private RuleFilter(List<String> globs) {
        this.globs = globs;
        this.patterns = globs.stream()
                .map(glob -> Pattern.compile(Pattern.quote(glob).replace("*", "\\E.*\\Q"), Pattern.CASE_INSENSITIVE))
                .toList();
    }

    /** @throws IllegalArgumentException if a part of it takes no rule */
    public static RuleFilter of(String rules, RuleIndex index) {
        RuleFilter filter = new RuleFilter(
                Arrays.stream(rules.split(",", -1)).map(String::strip).toList());
        for (int i = 0; i < filter.globs.size(); i++) {
            Pattern pattern = filter.patterns.get(i);
            if (index.entries().stream()
                    .noneMatch(rule -> pattern.matcher(rule.id()).matches())) {
                throw new IllegalArgumentException("[" + filter.globs.get(i) + "] in " + PARAMETER + "=[" + rules
                        + "] matches no rule: write ids, as in RULES.md, with * for anything, separated by commas:"
                        + " FD-12,TIME-*");
            }
        }
        return filter;
    }

    public boolean takes(String rule) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(rule).matches());
    }

    @Override
    public String toString() {
        return String.join(",", globs);
    }
}
