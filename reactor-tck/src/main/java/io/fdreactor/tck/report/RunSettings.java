// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.tck.report;

import io.fdreactor.tck.ReactorTck;
import io.fdreactor.tck.contract.RuleIndex;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a run of a contract class is asked to do: checked before the first test, never changed. */
public final class RunSettings {
    /** The parameter for the first seed of the random schedules. */
    public static final String SEED = "fdreactor.tck.seed";
    /** The parameter for how many seeds are tried. */
    public static final String SEEDS = "fdreactor.tck.seeds";

    private static final String TIMEOUT = "fdreactor.tck.timeoutSeconds";
    private static final String DEFAULT_TIMEOUT = "30";

    private static final Pattern POSITIVE = Pattern.compile("[1-9]\\d{0,8}");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

    /** What a report repeats. */
    private static final List<String> REPORTED = List.of(RuleFilter.PARAMETER, SEED, SEEDS, TIMEOUT);

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
    public RunSettings(Class<?> tck, Function<String, @Nullable String> parameter) {
        for (String name : REPORTED) {
            String value = parameter.apply(name);
            if (value != null) {
                parameters.put(name, value);
            }
        }
        index = RuleIndex.of(tck);
        filter = RuleFilter.of(parameters.getOrDefault(RuleFilter.PARAMETER, "*"), index);
        waivers = Waivers.of(tck, parameter.apply(Waivers.PARAMETER), index);
        check(TIMEOUT, POSITIVE, "a number of seconds");
        check(SEED, WHOLE, "a whole number");
        check(SEEDS, POSITIVE, "a number of seeds");
        timeoutNanos = TimeUnit.SECONDS.toNanos(Long.parseLong(parameters.getOrDefault(TIMEOUT, DEFAULT_TIMEOUT)));
        report = parameter.apply(ReportFile.PARAMETER);
    }

    private void check(String name, Pattern form, String meaning) {
        String value = parameters.get(name);
        if (value != null && !form.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    name + "=[" + value + "] isn't " + meaning + ": leave it out, or write 60, say");
        }
    }

    /** What a report repeats, by its name. */
    public Map<String, String> parameters() {
        return parameters;
    }

    public RuleIndex index() {
        return index;
    }

    public RuleFilter filter() {
        return filter;
    }

    public Waivers waivers() {
        return waivers;
    }

    /** How long anything may take that a test waits for. */
    public long timeoutNanos() {
        return timeoutNanos;
    }

    /** Where a report is wanted; null for nowhere. */
    @Nullable
    public String report() {
        return report;
    }
}
