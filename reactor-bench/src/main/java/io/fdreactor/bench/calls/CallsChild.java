// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.calls;

import io.fdreactor.bench.harness.Answers;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * One contender in a JVM of its own. Asked {@code throughput PRODUCERS CALLS-OF-EACH} it answers
 * {@value Calls#THROUGHPUT}; asked {@code latency CALLS}, percentiles.
 */
final class CallsChild {
    private CallsChild() {}

    /** @param args the loop's name, as {@link CallLoop#open} takes it */
    public static void main(String[] args) throws Exception {
        try (CallLoop loop = CallLoop.open(args[0])) {
            Answers.serve(request -> answer(loop, request.split(" ")));
        }
    }

    private static Map<String, Double> answer(CallLoop loop, String[] words) throws InterruptedException {
        int number = Integer.parseInt(words[1]);
        if (words[0].equals("throughput")) {
            double rate = Throughput.measure(loop.executor(), number, Integer.parseInt(words[2]));
            return Map.of(Calls.THROUGHPUT, rate / 1e6);
        }
        Histogram latencies = new WakeupLatency().measure(loop.executor(), number);
        Map<String, Double> percentiles = new LinkedHashMap<>();
        percentiles.put(Calls.P50, latencies.getValueAtPercentile(50) / 1e3);
        percentiles.put(Calls.P99, latencies.getValueAtPercentile(99) / 1e3);
        return percentiles;
    }
}
