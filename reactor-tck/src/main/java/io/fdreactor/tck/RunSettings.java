// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a run of a contract class is asked to do: checked before the first test, never changed. */
final class RunSettings {
    private static final String TIMEOUT = "fdreactor.tck.timeoutSeconds";
    private static final long DEFAULT_TIMEOUT_SECONDS = 30;

    /** What a report repeats. */
    private static final List<String> REPORTED =
            List.of(RuleFilter.PARAMETER, "fdreactor.tck.seed", "fdreactor.tck.seeds", TIMEOUT);

    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final RuleIndex index;
    private final RuleFilter filter;
    private final Waivers waivers;
    private final long timeoutNanos;
    private final @Nullable String report;

    /**
     * @param tck a {@link ReactorTck}
     * @param parameter gives JUnit's configuration parameters, or null
     * @throws IllegalArgumentException if something makes no sense
     */
    RunSettings(Class<?> tck, Function<String, @Nullable String> parameter) {
        for (String name : REPORTED) {
            String value = parameter.apply(name);
            if (value != null) {
                parameters.put(name, value);
            }
        }
        index = RuleIndex.of(tck);
        filter = RuleFilter.of(parameters.getOrDefault(RuleFilter.PARAMETER, "*"), index);
        waivers = Waivers.of(tck, parameter.apply(Waivers.PARAMETER), index);
        timeoutNanos = TimeUnit.SECONDS.toNanos(timeoutSeconds(parameters.get(TIMEOUT)));
        report = parameter.apply(ReportFile.PARAMETER);
    }

    private static long timeoutSeconds(@Nullable String parameter) {
        if (parameter == null) {
            return DEFAULT_TIMEOUT_SECONDS;
        }
        if (!parameter.matches("[1-9]\\d{0,5}")) {
            throw new IllegalArgumentException(
                    TIMEOUT + "=[" + parameter + "] isn't a number of seconds: leave it out, or write 60");
        }
        return Long.parseLong(parameter);
    }

    /** What a report repeats, by its name. */
    Map<String, String> parameters() {
        return parameters;
    }

    RuleIndex index() {
        return index;
    }

    RuleFilter filter() {
        return filter;
    }

    Waivers waivers() {
        return waivers;
    }

    /** How long anything may take that a test waits for. */
    long timeoutNanos() {
        return timeoutNanos;
    }

    /** Where a report is wanted; null for nowhere. */
    @Nullable
    String report() {
        return report;
    }
}
