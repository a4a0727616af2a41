// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Which rules are asked for: comma-separated ids, in which {@code *} stands for anything. */
final class RuleFilter {
    /** A configuration parameter of JUnit, which a system property sets, too. */
    static final String PARAMETER = "fdreactor.tck.rule";

    private final List<Pattern> patterns;

    private RuleFilter(String rules) {
        patterns = Arrays.stream(rules.split(",", -1))
                .map(String::strip)
                .map(rule -> Pattern.compile(Pattern.quote(rule).replace("*", "\\E.*\\Q"), Pattern.CASE_INSENSITIVE))
                .toList();
    }

    static RuleFilter of(ExtensionContext context) {
        return new RuleFilter(context.getConfigurationParameter(PARAMETER).orElse("*"));
    }

    boolean takes(String rule) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(rule).matches());
    }
}
