// SPDX-License-Identifier: Apache-2.0
package io.fdreactor.bench.harness;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.StringJoiner;

/** A child's side of {@link Child#ask}: answers each line of standard input with a line, until there are no more. */
public final class Answers {
    private Answers() {}

    /** Answers all requests. What {@code measurement} throws ends it, and the child's standard error tells why. */
    public static void serve(Measurement measurement) throws Exception {
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String request = requests.readLine(); request != null; request = requests.readLine()) {
            StringJoiner answer = new StringJoiner(" ");
            measurement.measure(request).forEach((name, value) -> answer.add(name.replace(' ', '_') + " " + value));
            System.out.println(answer);
        }
    }

    /** Takes a request, and measures. */
    public interface Measurement {
        /** The answer: names and values. */
        Map<String, Double> measure(String request) throws Exception;
    }
}
