// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures a method with JMH, once and briefly, in a JVM of its own: what repeats it is {@link Rounds}. A toy runs in
 * this JVM.
 */
public final class Jmh {
    /** What the heap's metrics end with: bytes allocated by an operation. */
    public static final String HEAP = ", heap";

    /** From this JDK on, JMH's own use of sun.misc.Unsafe makes every fork print a warning; its option is as old. */
    private static final int UNSAFE_WARNS = 24;

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Settings settings;
    private final Class<?> benchmarks;
    private final List<String> options = new ArrayList<>();

    /**
     * @param benchmarks the class with the methods
     * @param options of the JVM
     */
    public Jmh(Settings settings, Class<?> benchmarks, String... options) {
        this.settings = settings;
        this.benchmarks = benchmarks;
        if (ChildJvm.hasForeign()) {
            this.options.add("--enable-native-access=ALL-UNNAMED");
        }
        if (Runtime.version().feature() >= UNSAFE_WARNS) {
            this.options.add("--sun-misc-unsafe-memory-access=allow");
        }
        this.options.addAll(List.of(options));
        // Several benches may run on one machine: their own business, and that of who reads the figures.
        System.setProperty("jmh.ignoreLock", "true");
    }

    /**
     * Two metrics: the method's name, in the benchmark's unit, the median of the iterations; and the same with
     * {@link #HEAP}, in bytes.
     *
     * @param parameters values of the class's {@code @Param} fields, by name
     */
    public Map<String, Double> measure(String method, Map<String, String> parameters) throws RunnerException {
        ChainedOptionsBuilder builder = new OptionsBuilder()
                .include("^" + benchmarks.getName().replace(".", "\\.") + "\\." + method + "$")
                .forks(settings.pick(0, 1, 1))
                .jvmArgsAppend(options.toArray(new String[0]))
                .warmupIterations(settings.pick(0, 2, 3))
                .warmupTime(TimeValue.milliseconds(settings.pick(1, 100, 400)))
                .measurementIterations(settings.pick(1, 3, 5))
                .measurementTime(TimeValue.milliseconds(settings.pick(1, 100, 400)))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        parameters.forEach(builder::param);
        RunResult result = new Runner(builder.build()).runSingle();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(method, result.getPrimaryResult().getStatistics().getPercentile(50));
        Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
        if (allocated != null) {
            metrics.put(method + HEAP, allocated.getStatistics().getPercentile(50));
        }
        return metrics;
    }
}
